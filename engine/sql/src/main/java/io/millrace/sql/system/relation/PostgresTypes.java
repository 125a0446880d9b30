package io.millrace.sql.system.relation;

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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's types, and which of them a type of ours is. */
public final class PostgresTypes {

    /** A modifier that says nothing. */
    public static final int NO_MODIFIER = -1;

    /** What PostgreSQL adds to the length of text and the precision of numbers in a modifier. */
    private static final int MODIFIER_HEADER = 4;

    private static final Map<Long, PostgresType> BY_OID = new LinkedHashMap<>();
    private static final Map<String, PostgresType> BY_NAME = new LinkedHashMap<>();

    static {
        for (String line : Resource.lines("types.txt")) {
            PostgresType type = PostgresType.parse(line);
            BY_OID.put(type.oid(), type);
            BY_NAME.put(type.name(), type);
            BY_NAME.putIfAbsent(type.label(), type);
        }
        BY_NAME.put("int", named("int4"));
        BY_NAME.put("decimal", named("numeric"));
    }

    private PostgresTypes() {}

    static Collection<PostgresType> all() {
        return BY_OID.values();
    }

    public static @Nullable PostgresType ofOid(long oid) {
        return BY_OID.get(oid);
    }

    /** Returns the type of this name, internal ({@code int4}) or of SQL ({@code integer}), whatever its case. */
    public static @Nullable PostgresType ofName(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the type of this internal name, which exists. */
    public static PostgresType named(String name) {
        PostgresType type = BY_NAME.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no type " + name);
        }
        return type;
    }

    /** Returns the type that PostgreSQL's clients see a type of ours as. */
    public static PostgresType of(DataType type) {
        if (type instanceof ArrayType array) {
            PostgresType found = BY_OID.get(of(array.element()).array());
            return found == null ? named("_text") : found;
        }
        return named(name(type));
    }

    private static String name(DataType type) {
        return switch (type) {
            case BooleanType t -> "bool";
            case IntegerType t -> t.bits() == 64 ? "int8" : t.bits() == 32 ? "int4" : "int2";
            case FloatingType t -> t.bits() == 64 ? "float8" : "float4";
            case DecimalType t -> "numeric";
            case CharacterType t -> t.fixed() ? "bpchar" : t.length() == DataType.UNBOUNDED ? "text" : "varchar";
            case BinaryType t -> "bytea";
            case DateType t -> "date";
            case TimeType t -> "time";
            case TimestampType t -> t.zoned() ? "timestamptz" : "timestamp";
            case IntervalType t -> "interval";
            case MapType t -> "json";
            case RowType t -> "json";
            case ArrayType t -> "_text";
        };
    }

    /** Returns what {@code pg_attribute.atttypmod} says of the type: its length or its precision and scale. */
    public static int modifier(DataType type) {
        return switch (type) {
            case DecimalType t -> ((t.precision() << 16) | t.scale()) + MODIFIER_HEADER;
            case CharacterType t when t.length() != DataType.UNBOUNDED -> t.length() + MODIFIER_HEADER;
            case TimestampType t when t.precision() != 6 -> t.precision();
            case TimeType t when t.precision() != 6 -> t.precision();
            default -> NO_MODIFIER;
        };
    }

    /** Returns the type as SQL writes it, the modifier included; {@code ???} for none of ours. */
    public static String format(long oid, @Nullable Number modifier) {
        PostgresType type = BY_OID.get(oid);
        if (type == null) {
            return oid == 0 ? "-" : "???";
        }
        int value = modifier == null ? NO_MODIFIER : modifier.intValue();
        return value < 0 ? type.label() : modified(type, value);
    }

    private static String modified(PostgresType type, int modifier) {
        int length = modifier - MODIFIER_HEADER;
        return switch (type.name()) {
            case "varchar", "bpchar" -> type.label() + "(" + length + ")";
            case "numeric" -> type.label() + "(" + (length >> 16) + "," + (length & 0xffff) + ")";
            case "timestamp", "timestamptz", "time" -> {
                String[] words = type.label().split(" ", 2);
                yield words[0] + "(" + modifier + ") " + words[1];
            }
            default -> type.label();
        };
    }
}
