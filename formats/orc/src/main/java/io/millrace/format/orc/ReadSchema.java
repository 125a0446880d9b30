package io.millrace.format.orc;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Storage;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.TypeDescription;
import org.apache.orc.TypeDescription.Category;

/** What the schema of a file means to us. Everything may be NULL unless an attribute says that it may not. */
final class ReadSchema {

    private ReadSchema() {}

    static List<Taker> fields(TypeDescription schema) {
        if (schema.getCategory() != Category.STRUCT) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED, "the ORC file has no columns, but values of type " + schema);
        }
        return fields("a row", schema);
    }

    static RowType rowType(List<Taker> fields) {
        return new RowType(fields.stream().map(Taker::field).toList());
    }

    private static List<Taker> fields(String owner, TypeDescription struct) {
        if (struct.getChildren().isEmpty()) {
            throw new MillraceException(ErrorCode.UNSUPPORTED, owner + " of the ORC file has no fields");
        }
        List<Taker> fields = new ArrayList<>();
        for (int i = 0; i < struct.getChildren().size(); i++) {
            fields.add(of(struct.getFieldNames().get(i), struct.getChildren().get(i)));
        }
        return fields;
    }

    private static Taker of(String name, TypeDescription form) {
        boolean nullable = !"true".equals(form.getAttributeValue(WriteSchema.REQUIRED));
        return switch (form.getCategory()) {
            case STRUCT -> {
                List<Taker> fields = fields("column '" + name + "'", form);
                yield new RowTaker(name, rowType(fields), nullable, fields);
            }
            case LIST -> {
                Taker element = of("element", form.getChildren().get(0));
                DataType type =
                        new ArrayType(element.field().type(), element.field().nullable());
                yield new ArrayTaker(name, type, nullable, element);
            }
            case MAP -> map(name, form, nullable);
            default -> single(name, form, nullable);
        };
    }

    /** A key is not NULL, whether the file says so or not. */
    private static Taker map(String name, TypeDescription form, boolean nullable) {
        TypeDescription keyForm = form.getChildren().get(0).clone();
        keyForm.setAttribute(WriteSchema.REQUIRED, "true");
        Taker key = of("key", keyForm);
        Taker value = of("value", form.getChildren().get(1));
        DataType type = new MapType(
                key.field().type(), value.field().type(), value.field().nullable());
        return new MapTaker(name, type, nullable, key, value);
    }

    private static LeafTaker single(String name, TypeDescription form, boolean nullable) {
        return switch (form.getCategory()) {
            case BOOLEAN -> new LeafTaker(name, DataType.BOOLEAN, nullable, LeafTaker::booleans);
            case BYTE -> new LeafTaker(name, DataType.TINYINT, nullable, LeafTaker::ints);
            case SHORT -> new LeafTaker(name, DataType.SMALLINT, nullable, LeafTaker::ints);
            case INT -> new LeafTaker(name, DataType.INTEGER, nullable, LeafTaker::ints);
            case LONG -> new LeafTaker(name, whole(form), nullable, LeafTaker::longs);
            case FLOAT -> new LeafTaker(name, DataType.REAL, nullable, LeafTaker::floats);
            case DOUBLE -> new LeafTaker(name, DataType.DOUBLE, nullable, LeafTaker::doubles);
            case DECIMAL -> decimal(name, new DecimalType(form.getPrecision(), form.getScale()), nullable);
            case DATE -> new LeafTaker(name, DataType.DATE, nullable, LeafTaker::ints);
            case TIMESTAMP -> new LeafTaker(name, DataType.TIMESTAMP, nullable, LeafTaker::timestamps);
            case TIMESTAMP_INSTANT ->
                new LeafTaker(name, DataType.TIMESTAMP_WITH_TIME_ZONE, nullable, LeafTaker::timestamps);
            case STRING -> new LeafTaker(name, DataType.VARCHAR, nullable, BytesCopy::bytes);
            case VARCHAR ->
                new LeafTaker(name, new CharacterType(form.getMaxLength(), false), nullable, BytesCopy::bytes);
            case CHAR ->
                new LeafTaker(
                        name,
                        new CharacterType(form.getMaxLength(), true),
                        nullable,
                        BytesCopy.padded(form.getMaxLength()));
            case BINARY, Geometry, Geography -> new LeafTaker(name, DataType.VARBINARY, nullable, BytesCopy::bytes);
            case UNION, STRUCT, LIST, MAP ->
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "column '" + name + "' of the ORC file is of type " + form + ", which has no form here",
                        "write the file again without it");
        };
    }

    /** Returns what a whole number is: attributes may say that it counts microseconds. */
    private static DataType whole(TypeDescription form) {
        if (WriteSchema.TIME.equals(form.getAttributeValue(WriteSchema.LONG_TYPE))) {
            return DataType.TIME;
        }
        boolean spark = WriteSchema.SPARK_WALL.equals(form.getAttributeValue(WriteSchema.SPARK_TYPE));
        return spark ? DataType.TIMESTAMP : DataType.BIGINT;
    }

    private static LeafTaker decimal(String name, DecimalType type, boolean nullable) {
        return new LeafTaker(
                name,
                type,
                nullable,
                type.storage() == Storage.LONG ? LeafTaker::longs : new WideDecimalCopy(type.scale()));
    }
}
