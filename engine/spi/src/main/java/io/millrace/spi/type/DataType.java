package io.millrace.spi.type;

import java.util.List;

/**
 * A SQL data type, without nullability. Values are immutable and compare by content; {@code
 * toString()} gives the type as SQL writes it.
 */
public sealed interface DataType {

    /** Length of a character or binary type that was declared without one. */
    int UNBOUNDED = Integer.MAX_VALUE;

    /** Most digits a DECIMAL may have. */
    int DECIMAL_PRECISION_MAX = 38;

    BooleanType BOOLEAN = new BooleanType();
    IntegerType TINYINT = new IntegerType(8);
    IntegerType SMALLINT = new IntegerType(16);
    IntegerType INTEGER = new IntegerType(32);
    IntegerType BIGINT = new IntegerType(64);
    FloatingType REAL = new FloatingType(32);
    FloatingType DOUBLE = new FloatingType(64);
    CharacterType VARCHAR = new CharacterType(UNBOUNDED, false);
    BinaryType VARBINARY = new BinaryType(UNBOUNDED, false);
    DateType DATE = new DateType();
    TimeType TIME = new TimeType(6);
    TimestampType TIMESTAMP = new TimestampType(6, false);
    TimestampType TIMESTAMP_WITH_TIME_ZONE = new TimestampType(6, true);

    /** Returns how values of this type lie in a column. */
    Storage storage();

    /** TRUE or FALSE; the third truth value is a NULL. */
    record BooleanType() implements DataType {
        @Override
        public Storage storage() {
            return Storage.BOOLEAN;
        }

        @Override
        public String toString() {
            return "BOOLEAN";
        }
    }

    /**
     * A signed integer.
     *
     * @param bits 8 (TINYINT), 16 (SMALLINT), 32 (INTEGER) or 64 (BIGINT)
     */
    record IntegerType(int bits) implements DataType {
        public IntegerType {
            if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
                throw new IllegalArgumentException("integer of " + bits + " bits");
            }
        }

        @Override
        public Storage storage() {
            return bits == 64 ? Storage.LONG : Storage.INT;
        }

        @Override
        public String toString() {
            return switch (bits) {
                case 8 -> "TINYINT";
                case 16 -> "SMALLINT";
                case 32 -> "INTEGER";
                default -> "BIGINT";
            };
        }
    }

    /**
     * An IEEE 754 number.
     *
     * @param bits 32 (REAL) or 64 (DOUBLE)
     */
    record FloatingType(int bits) implements DataType {
        public FloatingType {
            if (bits != 32 && bits != 64) {
                throw new IllegalArgumentException("floating-point number of " + bits + " bits");
            }
        }

        @Override
        public Storage storage() {
            return bits == 32 ? Storage.FLOAT : Storage.DOUBLE;
        }

        @Override
        public String toString() {
            return bits == 32 ? "REAL" : "DOUBLE";
        }
    }

    /**
     * An exact decimal number.
     *
     * @param precision digits in all, 1 to {@value DataType#DECIMAL_PRECISION_MAX}
     * @param scale digits after the point, 0 to {@code precision}
     */
    record DecimalType(int precision, int scale) implements DataType {

        /** Most digits that are stored in one {@code long}. */
        public static final int LONG_PRECISION_MAX = 18;

        public DecimalType {
            if (precision < 1 || precision > DECIMAL_PRECISION_MAX || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("DECIMAL(" + precision + ", " + scale + ")");
            }
        }

        @Override
        public Storage storage() {
            return precision <= LONG_PRECISION_MAX ? Storage.LONG : Storage.DECIMAL128;
        }

        @Override
        public String toString() {
            return "DECIMAL(" + precision + ", " + scale + ")";
        }
    }

    /**
     * Text, stored as UTF-8.
     *
     * @param length most characters (code points), or {@link DataType#UNBOUNDED}
     * @param fixed whether the type is CHAR, whose values are padded with blanks to their length
     */
    record CharacterType(int length, boolean fixed) implements DataType {
        @Override
        public Storage storage() {
            return Storage.BYTES;
        }

        @Override
        public String toString() {
            return (fixed ? "CHAR" : "VARCHAR") + (length == UNBOUNDED ? "" : "(" + length + ")");
        }
    }

    /**
     * Bytes.
     *
     * @param length most bytes, or {@link DataType#UNBOUNDED}
     * @param fixed whether the type is BINARY and not VARBINARY
     */
    record BinaryType(int length, boolean fixed) implements DataType {
        @Override
        public Storage storage() {
            return Storage.BYTES;
        }

        @Override
        public String toString() {
            return (fixed ? "BINARY" : "VARBINARY") + (length == UNBOUNDED ? "" : "(" + length + ")");
        }
    }

    /** A day, stored as days since 1970-01-01. */
    record DateType() implements DataType {
        @Override
        public Storage storage() {
            return Storage.INT;
        }

        @Override
        public String toString() {
            return "DATE";
        }
    }

    /**
     * A time of day, stored as microseconds since midnight.
     *
     * @param precision digits of the second's fraction, 0 to 6
     */
    record TimeType(int precision) implements DataType {
        @Override
        public Storage storage() {
            return Storage.LONG;
        }

        @Override
        public String toString() {
            return "TIME(" + precision + ")";
        }
    }

    /**
     * A point in time, stored as microseconds since 1970-01-01T00:00.
     *
     * @param precision digits of the second's fraction, 0 to 6
     * @param zoned whether the value is an instant (shown in the session's time zone) and not a wall
     *     clock reading
     */
    record TimestampType(int precision, boolean zoned) implements DataType {
        @Override
        public Storage storage() {
            return Storage.LONG;
        }

        @Override
        public String toString() {
            return "TIMESTAMP(" + precision + ")" + (zoned ? " WITH LOCAL TIME ZONE" : "");
        }
    }

    /**
     * A length of time.
     *
     * @param months whether the unit is the month (stored as {@code int}) and not the microsecond
     *     (stored as {@code long})
     */
    record IntervalType(boolean months) implements DataType {
        @Override
        public Storage storage() {
            return months ? Storage.INT : Storage.LONG;
        }

        @Override
        public String toString() {
            return months ? "INTERVAL YEAR TO MONTH" : "INTERVAL DAY TO SECOND";
        }
    }

    /** An ordered collection. */
    record ArrayType(DataType element, boolean elementNullable) implements DataType {
        @Override
        public Storage storage() {
            return Storage.ARRAY;
        }

        @Override
        public String toString() {
            return element + " ARRAY";
        }
    }

    /** Keys with their values, stored as an array of rows of the two. Keys are not NULL. */
    record MapType(DataType key, DataType value, boolean valueNullable) implements DataType {
        @Override
        public Storage storage() {
            return Storage.ARRAY;
        }

        /** Returns the type of one entry: a row of the fields {@code key} and {@code value}. */
        public RowType entry() {
            return new RowType(List.of(new Field("key", key, false), new Field("value", value, valueNullable)));
        }

        @Override
        public String toString() {
            return "MAP<" + key + ", " + value + ">";
        }
    }

    /** Named fields: the type of a row of a stream, and of a nested row inside one. */
    record RowType(List<Field> fields) implements DataType {
        public RowType {
            fields = List.copyOf(fields);
        }

        public static RowType of(Field... fields) {
            return new RowType(List.of(fields));
        }

        public int size() {
            return fields.size();
        }

        public Field field(int index) {
            return fields.get(index);
        }

        /** Returns the place of the field of exactly this name, or -1. */
        public int indexOf(String name) {
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).name().equals(name)) {
                    return i;
                }
            }
            return -1;
        }

        /** Returns the row type of the fields at these places, in this order. */
        public RowType project(int... indexes) {
            Field[] chosen = new Field[indexes.length];
            for (int i = 0; i < indexes.length; i++) {
                chosen[i] = fields.get(indexes[i]);
            }
            return of(chosen);
        }

        @Override
        public Storage storage() {
            return Storage.ROW;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("ROW(");
            for (Field field : fields) {
                text.append(text.length() > 4 ? ", " : "").append(field);
            }
            return text.append(')').toString();
        }
    }
}
