package io.millrace.server.file;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns that several files have together: by name, in the order in which they first come, of a type that holds
 * the values of all. A column that a file lacks is NULL for its rows, so all may be NULL.
 */
final class UnitedRows {

    private record Column(String name, DataType type, String file) {}

    private final Map<String, Column> columns = new LinkedHashMap<>();

    /**
     * Adds the columns of a file.
     *
     * @throws MillraceException {@code TYPE_MISMATCH} where a column has a type that does not go together with what it
     *     is in the files before
     */
    void add(RowType type, String file) {
        for (Field field : type.fields()) {
            columns.merge(key(field.name()), new Column(field.name(), field.type(), file), (before, now) -> {
                DataType both = both(before.type, now.type);
                if (both == null) {
                    throw new MillraceException(
                            ErrorCode.TYPE_MISMATCH,
                            "column '" + before.name + "' is " + before.type + " in '" + before.file + "' and "
                                    + now.type + " in '" + file + "'",
                            "say what it is to be: CREATE EXTERNAL TABLE name (" + before.name + " VARCHAR, …) FROM …,"
                                    + " or read the files apart");
                }
                return new Column(before.name, both, both.equals(before.type) ? before.file : file);
            });
        }
    }

    /** Puts columns in the place of those of their names, or behind the others. */
    void override(List<Field> fields) {
        fields.forEach(field -> columns.put(key(field.name()), new Column(field.name(), field.type(), "")));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    RowType type() {
        return new RowType(columns.values().stream()
                .map(column -> Field.nullable(column.name, column.type))
                .toList());
    }

    /** Returns the type that has the values of both, or null where there is none. */
    static @Nullable DataType both(DataType one, DataType other) {
        if (one.equals(other)) {
            return one;
        }
        return switch (one) {
            case IntegerType a when other instanceof IntegerType b -> a.bits() > b.bits() ? a : b;
            case IntegerType a when other instanceof DecimalType b -> decimals(decimal(a), b);
            case DecimalType a when other instanceof IntegerType b -> decimals(a, decimal(b));
            case DecimalType a when other instanceof DecimalType b -> decimals(a, b);
            case FloatingType a when isNumber(other) -> DataType.DOUBLE;
            case IntegerType a when other instanceof FloatingType -> DataType.DOUBLE;
            case DecimalType a when other instanceof FloatingType -> DataType.DOUBLE;
            case CharacterType a when other instanceof CharacterType -> DataType.VARCHAR;
            case BinaryType a when other instanceof BinaryType -> DataType.VARBINARY;
            case DateType a when other instanceof TimestampType t && !t.zoned() -> other;
            case TimestampType a when other instanceof DateType && !a.zoned() -> one;
            case ArrayType a
            when other instanceof ArrayType b -> {
                DataType element = both(a.element(), b.element());
                yield element == null ? null : new ArrayType(element, true);
            }
            case MapType a
            when other instanceof MapType b && a.key().equals(b.key()) -> {
                DataType value = both(a.value(), b.value());
                yield value == null ? null : new MapType(a.key(), value, true);
            }
            case RowType a when other instanceof RowType b -> rows(a, b);
            default -> null;
        };
    }

    /** Fields of nested rows go by place, as a CAST has it: they must have the same names. */
    private static @Nullable DataType rows(RowType one, RowType other) {
        if (one.size() != other.size()) {
            return null;
        }
        List<Field> fields = new java.util.ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            DataType both = both(one.field(i).type(), other.field(i).type());
            if (both == null
                    || !one.field(i).name().equalsIgnoreCase(other.field(i).name())) {
                return null;
            }
            fields.add(Field.nullable(one.field(i).name(), both));
        }
        return new RowType(fields);
    }

    private static boolean isNumber(DataType type) {
        return type instanceof IntegerType || type instanceof DecimalType || type instanceof FloatingType;
    }

    private static DecimalType decimal(IntegerType type) {
        return new DecimalType(
                switch (type.bits()) {
                    case 8 -> 3;
                    case 16 -> 5;
                    case 32 -> 10;
                    default -> 19;
                },
                0);
    }

    /** Null where the digits of both do not go into one type. */
    private static @Nullable DataType decimals(DecimalType one, DecimalType other) {
        int scale = Math.max(one.scale(), other.scale());
        int digits = Math.max(one.precision() - one.scale(), other.precision() - other.scale()) + scale;
        return digits > DataType.DECIMAL_PRECISION_MAX ? null : new DecimalType(digits, scale);
    }
}
