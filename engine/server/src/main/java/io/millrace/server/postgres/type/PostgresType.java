package io.millrace.server.postgres.type;

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
import org.jspecify.annotations.Nullable;

/**
 * A type as PostgreSQL names it on the wire.
 *
 * @param oid object id
 * @param size bytes of a value, or −1 where they vary
 * @param modifier what its declaration adds, such as a length, or −1
 */
public record PostgresType(int oid, int size, int modifier) {

    private static final int VARIES = -1;
    private static final int NO_MODIFIER = -1;

    /** PostgreSQL counts a header of four bytes into the modifiers of lengths and precisions. */
    private static final int MODIFIER_BASE = 4;

    private static final int MICROS_DIGITS = 6;

    /** Returns how values of the type are announced. */
    public static PostgresType of(DataType type) {
        return switch (type) {
            case BooleanType t -> new PostgresType(Oid.BOOL, 1, NO_MODIFIER);
            case IntegerType t -> integer(t.bits());
            case FloatingType t when t.bits() == 32 -> new PostgresType(Oid.FLOAT4, 4, NO_MODIFIER);
            case FloatingType t -> new PostgresType(Oid.FLOAT8, 8, NO_MODIFIER);
            case DecimalType t ->
                new PostgresType(Oid.NUMERIC, VARIES, (t.precision() << 16 | t.scale()) + MODIFIER_BASE);
            case CharacterType t -> new PostgresType(t.fixed() ? Oid.BPCHAR : Oid.VARCHAR, VARIES, length(t.length()));
            case BinaryType t -> new PostgresType(Oid.BYTEA, VARIES, NO_MODIFIER);
            case DateType t -> new PostgresType(Oid.DATE, 4, NO_MODIFIER);
            case TimeType t -> new PostgresType(Oid.TIME, 8, fraction(t.precision()));
            case TimestampType t ->
                new PostgresType(t.zoned() ? Oid.TIMESTAMPTZ : Oid.TIMESTAMP, 8, fraction(t.precision()));
            case IntervalType t -> new PostgresType(Oid.INTERVAL, 16, NO_MODIFIER);
            case ArrayType t -> array(t.element());
            case MapType t -> new PostgresType(Oid.JSON, VARIES, NO_MODIFIER);
            case RowType t -> new PostgresType(Oid.JSON, VARIES, NO_MODIFIER);
        };
    }

    /** Returns whether values of the type travel as a JSON document. */
    static boolean json(DataType type) {
        return of(type).oid() == Oid.JSON;
    }

    private static PostgresType integer(int bits) {
        return switch (bits) {
            case 64 -> new PostgresType(Oid.INT8, 8, NO_MODIFIER);
            case 32 -> new PostgresType(Oid.INT4, 4, NO_MODIFIER);
            default -> new PostgresType(Oid.INT2, 2, NO_MODIFIER);
        };
    }

    /** PostgreSQL's arrays are rectangular and ours need not be: what is nested deeper is a JSON document. */
    private static PostgresType array(DataType element) {
        PostgresType of = of(element);
        boolean scalar = of.oid() != Oid.JSON && !(element instanceof ArrayType);
        return scalar
                ? new PostgresType(Oid.arrayOf(of.oid()), VARIES, of.modifier())
                : new PostgresType(Oid.JSON, VARIES, NO_MODIFIER);
    }

    private static int length(int length) {
        return length == DataType.UNBOUNDED ? NO_MODIFIER : length + MODIFIER_BASE;
    }

    private static int fraction(int precision) {
        return precision == MICROS_DIGITS ? NO_MODIFIER : precision;
    }

    /**
     * Returns the SQL type that a parameter declared with this object id has, or null where that is left
     * to be inferred. A numeric comes without precision, so it gets as many digits on both sides of
     * the point as there are.
     */
    public static @Nullable DataType hint(int oid) {
        return switch (oid) {
            case Oid.BOOL -> DataType.BOOLEAN;
            case Oid.INT2 -> DataType.SMALLINT;
            case Oid.INT4 -> DataType.INTEGER;
            case Oid.INT8 -> DataType.BIGINT;
            case Oid.FLOAT4 -> DataType.REAL;
            case Oid.FLOAT8 -> DataType.DOUBLE;
            case Oid.NUMERIC -> new DecimalType(38, 18);
            case Oid.TEXT, Oid.VARCHAR, Oid.BPCHAR, Oid.NAME, Oid.CHAR -> DataType.VARCHAR;
            case Oid.BYTEA -> DataType.VARBINARY;
            case Oid.DATE -> DataType.DATE;
            case Oid.TIME -> DataType.TIME;
            case Oid.TIMESTAMP -> DataType.TIMESTAMP;
            case Oid.TIMESTAMPTZ -> DataType.TIMESTAMP_WITH_TIME_ZONE;
            default -> arrayHint(Oid.elementOf(oid));
        };
    }

    /** Returns the object id of a type by one of its names in lower case, or 0, which leaves it to be inferred. */
    public static int oidOf(String name) {
        String element = name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
        int oid = Oid.of(element);
        return element.equals(name) || oid == 0 ? oid : Oid.arrayOf(oid);
    }

    private static @Nullable DataType arrayHint(int elementOid) {
        DataType element = elementOid == 0 ? null : hint(elementOid);
        return element == null ? null : new ArrayType(element, true);
    }
}
