package io.millrace.format.avro;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The Avro schema of a row type. */
final class WriteSchema {

    static final String SQL_TYPE = "sql-type";
    static final String COLUMN_NAME = "column-name";
    static final String LOGICAL_TYPE = "logicalType";

    private WriteSchema() {}

    static Schema of(RowType type) {
        return of(type, "row");
    }

    /** @param name full name of the record */
    static Schema of(RowType type, String name) {
        return record(name, type);
    }

    private static Schema record(String name, RowType type) {
        List<Schema.Field> fields = new ArrayList<>();
        Set<String> columns = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (Field field : type.fields()) {
            if (!columns.add(field.name())) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "two columns are named '" + field.name() + "', which Avro has no form for",
                        "rename one of them with AS");
            }
            String plain = plainName(field.name(), taken);
            Schema schema = schema(name + "_" + plain, field.name(), field.type(), field.nullable());
            Schema.Field made = field.nullable()
                    ? new Schema.Field(plain, schema, null, Schema.Field.NULL_DEFAULT_VALUE)
                    : new Schema.Field(plain, schema);
            if (!plain.equals(field.name())) {
                made.addProp(COLUMN_NAME, field.name());
            }
            fields.add(made);
        }
        return Schema.createRecord(name, null, null, false, fields);
    }

    /** Returns a name that Avro allows: letters, digits and underscores. */
    private static String plainName(String name, Set<String> taken) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        if (plain.isEmpty() || Character.isDigit(plain.charAt(0))) {
            plain = "_" + plain;
        }
        String free = plain;
        for (int i = 2; !taken.add(free); i++) {
            free = plain + "_" + i;
        }
        return free;
    }

    private static Schema schema(String path, String column, DataType type, boolean nullable) {
        Schema schema = schema(path, column, type);
        return nullable ? Schema.createUnion(Schema.create(Schema.Type.NULL), schema) : schema;
    }

    private static Schema schema(String path, String column, DataType type) {
        return switch (type) {
            case BooleanType t -> Schema.create(Schema.Type.BOOLEAN);
            case IntegerType t when t.bits() == 64 -> Schema.create(Schema.Type.LONG);
            case IntegerType t -> integer(t);
            case FloatingType t -> Schema.create(t.bits() == 64 ? Schema.Type.DOUBLE : Schema.Type.FLOAT);
            case DecimalType t -> decimal(path, t);
            case CharacterType t -> Schema.create(Schema.Type.STRING);
            case BinaryType t -> Schema.create(Schema.Type.BYTES);
            case DateType t -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TimeType t -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case TimestampType t
            when t.zoned() -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case TimestampType t -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case IntervalType t ->
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "column '" + column + "' is an interval, which Avro has no form for that keeps its sign and "
                                + "microseconds",
                        "cast it to BIGINT or VARCHAR");
            case ArrayType t -> Schema.createArray(schema(path + "_item", column, t.element(), t.elementNullable()));
            case MapType t -> map(path, column, t);
            case RowType t -> record(path, t);
        };
    }

    private static Schema integer(IntegerType type) {
        Schema schema = Schema.create(Schema.Type.INT);
        if (type.bits() < 32) {
            schema.addProp(SQL_TYPE, type.toString());
        }
        return schema;
    }

    private static Schema decimal(String path, DecimalType type) {
        Schema bytes = type.precision() > DecimalType.LONG_PRECISION_MAX
                ? Schema.createFixed(path, null, null, DecimalNode.WIDE_BYTES)
                : Schema.create(Schema.Type.BYTES);
        return LogicalTypes.decimal(type.precision(), type.scale()).addToSchema(bytes);
    }

    private static Schema map(String path, String column, MapType type) {
        Schema value = schema(path + "_value", column, type.value(), type.valueNullable());
        if (type.key() instanceof CharacterType) {
            return Schema.createMap(value);
        }
        Schema entry = Schema.createRecord(
                path + "_entry",
                null,
                null,
                false,
                List.of(
                        new Schema.Field("key", schema(path + "_key", column, type.key())),
                        new Schema.Field("value", value)));
        Schema entries = Schema.createArray(entry);
        entries.addProp(LOGICAL_TYPE, "map");
        return entries;
    }
}
