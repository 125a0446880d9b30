package io.millrace.format.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FieldIds;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** The schema of a file for a row type. */
final class WriteSchema {

    /** Most digits of a DECIMAL that lies in an INT32. */
    static final int INT_PRECISION_MAX = 9;

    private WriteSchema() {}

    /** @param ids the numbers of the fields, or null where they have none */
    static MessageType of(RowType type, @Nullable List<FieldIds> ids) {
        return new MessageType("row", fields("a row", type, ids));
    }

    /** Returns the bytes of a DECIMAL that does not fit an INT64: as few as hold all its digits. */
    static int decimalBytes(int precision) {
        return BigInteger.TEN.pow(precision).subtract(BigInteger.ONE).bitLength() / Byte.SIZE + 1;
    }

    private static List<Type> fields(String owner, RowType type, @Nullable List<FieldIds> ids) {
        if (type.size() == 0) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED, owner + " has no fields, which Parquet has no form for", "give it a column");
        }
        Set<String> names = new HashSet<>();
        for (Field field : type.fields()) {
            if (!names.add(field.name())) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "two columns are named '" + field.name() + "', which Parquet has no form for",
                        "rename one of them with AS");
            }
        }
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            Field field = type.field(i);
            types.add(type(field.name(), field.type(), field.nullable(), ids == null ? null : ids.get(i)));
        }
        return types;
    }

    private static Type type(String name, DataType type, boolean nullable, @Nullable FieldIds ids) {
        Repetition repetition = nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
        Type plain = switch (type) {
            case ArrayType t ->
                ConversionPatterns.listOfElements(
                        repetition, name, type("element", t.element(), t.elementNullable(), inside(ids, 0)));
            case MapType t -> map(repetition, name, t, ids);
            case RowType t ->
                new GroupType(repetition, name, fields("column '" + name + "'", t, ids == null ? null : ids.inside()));
            default -> primitive(name, type, repetition);
        };
        return ids == null ? plain : plain.withId(ids.id());
    }

    private static @Nullable FieldIds inside(@Nullable FieldIds ids, int place) {
        return ids == null ? null : ids.inside().get(place);
    }

    private static Type map(Repetition repetition, String name, MapType type, @Nullable FieldIds ids) {
        return Types.map(repetition)
                .key(type("key", type.key(), false, inside(ids, 0)))
                .value(type("value", type.value(), type.valueNullable(), inside(ids, 1)))
                .named(name);
    }

    private static Type primitive(String name, DataType type, Repetition repetition) {
        return switch (type) {
            case BooleanType t ->
                Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
            case IntegerType t
            when t.bits() == 64 ->
                Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
            case IntegerType t
            when t.bits() == 32 ->
                Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
            case IntegerType t ->
                Types.primitive(PrimitiveTypeName.INT32, repetition)
                        .as(intType(t.bits(), true))
                        .named(name);
            case FloatingType t ->
                Types.primitive(t.bits() == 64 ? PrimitiveTypeName.DOUBLE : PrimitiveTypeName.FLOAT, repetition)
                        .named(name);
            case DecimalType t -> decimal(name, t, repetition);
            case CharacterType t ->
                Types.primitive(PrimitiveTypeName.BINARY, repetition)
                        .as(stringType())
                        .named(name);
            case BinaryType t ->
                Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
            case DateType t ->
                Types.primitive(PrimitiveTypeName.INT32, repetition)
                        .as(dateType())
                        .named(name);
            case TimeType t ->
                Types.primitive(PrimitiveTypeName.INT64, repetition)
                        .as(timeType(false, TimeUnit.MICROS))
                        .named(name);
            case TimestampType t ->
                Types.primitive(PrimitiveTypeName.INT64, repetition)
                        .as(timestampType(t.zoned(), TimeUnit.MICROS))
                        .named(name);
            case IntervalType t ->
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "column '" + name + "' is an interval, which Parquet has no form for that keeps its sign and "
                                + "microseconds",
                        "cast it to BIGINT or VARCHAR");
            case ArrayType t -> throw new IllegalArgumentException("not a primitive: " + t);
            case MapType t -> throw new IllegalArgumentException("not a primitive: " + t);
            case RowType t -> throw new IllegalArgumentException("not a primitive: " + t);
        };
    }

    private static Type decimal(String name, DecimalType type, Repetition repetition) {
        Types.PrimitiveBuilder<org.apache.parquet.schema.PrimitiveType> builder = type.precision()
                        > DecimalType.LONG_PRECISION_MAX
                ? Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                        .length(decimalBytes(type.precision()))
                : Types.primitive(
                        type.precision() <= INT_PRECISION_MAX ? PrimitiveTypeName.INT32 : PrimitiveTypeName.INT64,
                        repetition);
        return builder.as(decimalType(type.scale(), type.precision())).named(name);
    }
}
