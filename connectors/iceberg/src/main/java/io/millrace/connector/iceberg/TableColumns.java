package io.millrace.connector.iceberg;

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
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * A delivery's columns as fields of a table. They are matched by name, letter case aside where there is no other way.
 */
final class TableColumns {

    private int lastId;

    private TableColumns() {}

    /** Returns the schema of a new table. */
    static Schema schema(RowType columns) {
        return new Schema(new TableColumns().fields(columns).fields());
    }

    private Types.StructType fields(RowType columns) {
        List<NestedField> fields = new ArrayList<>();
        for (Field field : columns.fields()) {
            int id = ++lastId;
            Type type = type(field.name(), field.type());
            fields.add(
                    field.nullable()
                            ? NestedField.optional(id, field.name(), type)
                            : NestedField.required(id, field.name(), type));
        }
        return Types.StructType.of(fields);
    }

    private Type type(String column, DataType type) {
        return switch (type) {
            case BooleanType t -> Types.BooleanType.get();
            case IntegerType t -> t.bits() == 64 ? Types.LongType.get() : Types.IntegerType.get();
            case FloatingType t -> t.bits() == 64 ? Types.DoubleType.get() : Types.FloatType.get();
            case DecimalType t -> Types.DecimalType.of(t.precision(), t.scale());
            case CharacterType t -> Types.StringType.get();
            case BinaryType t -> Types.BinaryType.get();
            case DateType t -> Types.DateType.get();
            case TimeType t -> Types.TimeType.get();
            case TimestampType t -> t.zoned() ? Types.TimestampType.withZone() : Types.TimestampType.withoutZone();
            case ArrayType t -> list(column, t);
            case MapType t -> map(column, t);
            case RowType t -> fields(t);
            case IntervalType t ->
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "column '" + column + "' is an interval, which Iceberg has no type for",
                        "cast it to BIGINT or VARCHAR");
        };
    }

    private Type list(String column, ArrayType type) {
        int id = ++lastId;
        Type element = type(column, type.element());
        return type.elementNullable() ? Types.ListType.ofOptional(id, element) : Types.ListType.ofRequired(id, element);
    }

    private Type map(String column, MapType type) {
        int keyId = ++lastId;
        int valueId = ++lastId;
        Type key = type(column, type.key());
        Type value = type(column, type.value());
        return type.valueNullable()
                ? Types.MapType.ofOptional(keyId, valueId, key, value)
                : Types.MapType.ofRequired(keyId, valueId, key, value);
    }

    /**
     * Returns the change that gives a table a column for each of a delivery's, wide enough for its values; null where
     * it has them.
     *
     * @throws MillraceException {@code TYPE_MISMATCH} where a column is there with another type, or where one that
     *     must not be NULL is not delivered
     */
    static @Nullable UpdateSchema change(org.apache.iceberg.Table table, RowType columns) {
        for (NestedField field : table.schema().columns()) {
            if (field.isRequired() && field.writeDefault() == null && !has(columns, field.name())) {
                throw new MillraceException(
                        ErrorCode.TYPE_MISMATCH,
                        "column '" + field.name() + "' of table '" + table.name()
                                + "' must not be NULL, and the delivery has no such column",
                        "deliver a query that gives it, or make the table's column optional");
            }
        }
        try {
            UpdateSchema update = table.updateSchema().caseSensitive(false).unionByNameWith(schema(columns));
            return update.apply().sameSchema(table.schema()) ? null : update;
        } catch (IllegalArgumentException | ValidationException e) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH,
                    "table '" + table.name() + "' cannot have these columns: " + e.getMessage(),
                    "cast the column in the delivery's query, or take another table",
                    e);
        }
    }

    private static boolean has(RowType columns, String name) {
        return columns.fields().stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    /** Returns a field of a table by a column's name. */
    static NestedField field(Types.StructType fields, String name) {
        NestedField exact = fields.field(name);
        NestedField found = exact == null ? fields.caseInsensitiveField(name) : exact;
        if (found == null) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH,
                    "the table has no field '" + name + "' any more",
                    "make the delivery anew, which adds it");
        }
        return found;
    }

    /** Returns the numbers of a delivery's columns in a table that has them. */
    static List<FieldIds> ids(RowType columns, Types.StructType fields) {
        List<FieldIds> ids = new ArrayList<>();
        for (Field column : columns.fields()) {
            NestedField field = field(fields, column.name());
            ids.add(new FieldIds(field.fieldId(), inside(column.type(), field.type())));
        }
        return ids;
    }

    private static List<FieldIds> inside(DataType column, Type field) {
        return switch (column) {
            case ArrayType t -> {
                Types.ListType list = field.asListType();
                yield List.of(new FieldIds(list.elementId(), inside(t.element(), list.elementType())));
            }
            case MapType t -> {
                Types.MapType map = field.asMapType();
                yield List.of(
                        new FieldIds(map.keyId(), inside(t.key(), map.keyType())),
                        new FieldIds(map.valueId(), inside(t.value(), map.valueType())));
            }
            case RowType t -> ids(t, field.asStructType());
            default -> List.of();
        };
    }

    /** Returns the type of the rows in files: Iceberg knows no whole numbers below 32 bits. */
    static RowType fileType(RowType columns) {
        return new RowType(columns.fields().stream()
                .map(field -> new Field(field.name(), fileType(field.type()), field.nullable()))
                .toList());
    }

    private static DataType fileType(DataType type) {
        return switch (type) {
            case IntegerType t when t.bits() < 32 -> DataType.INTEGER;
            case ArrayType t -> new ArrayType(fileType(t.element()), t.elementNullable());
            case MapType t -> new MapType(fileType(t.key()), fileType(t.value()), t.valueNullable());
            case RowType t -> fileType(t);
            default -> type;
        };
    }
}
