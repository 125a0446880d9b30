package io.millrace.connector.jdbc;

import io.millrace.spi.connector.RowCondition.Comparison;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database may be asked to test: only what leaves out no row that the same test would pass here. It may pass
 * more, as where text is equal whatever its case, since rows are tested again.
 */
final class Pushdown {

    /** Text that compares with a parameter of text as it is. */
    private static final Set<String> POSTGRESQL_TEXT = Set.of("text", "varchar");

    private Pushdown() {}

    /**
     * Returns how a column is written where it is compared so, or null where it is not left to the database.
     *
     * @param declared the type that the column has here
     */
    static @Nullable String operand(Dialect dialect, DatabaseColumn column, DataType declared, Comparison comparison) {
        DataType type = column.type();
        if (type == null || !alike(type, declared)) {
            return null;
        }
        String name = dialect.quote(column.name());
        boolean equal = comparison == Comparison.EQUAL;
        boolean safe = switch (type) {
            case IntegerType t -> true;
            // SQLite keeps decimals as floating-point numbers.
            case DecimalType t -> dialect != Dialect.SQLITE;
            case FloatingType t -> precise(dialect, t) && comparison != Comparison.NOT_EQUAL;
            case DataType.BooleanType t -> equal && knowsKinds(dialect);
            case DataType.DateType t -> knowsKinds(dialect);
            case DataType.TimeType t -> knowsKinds(dialect) && !column.finer();
            // Zones are the session's business in some; PostgreSQL has instants.
            case DataType.TimestampType t ->
                t.zoned() ? dialect == Dialect.POSTGRESQL : knowsKinds(dialect) && !column.finer();
            case CharacterType t -> false;
            default -> false;
        };
        return safe ? name : type instanceof CharacterType text ? text(dialect, column, text, comparison) : null;
    }

    private static @Nullable String text(
            Dialect dialect, DatabaseColumn column, CharacterType type, Comparison comparison) {
        String name = dialect.quote(column.name());
        if (type.fixed()) {
            return null;
        }
        String typeName = column.typeName().toLowerCase(Locale.ROOT);
        if (typeName.equals("uuid")) {
            return comparison == Comparison.EQUAL && dialect == Dialect.POSTGRESQL ? name : null;
        }
        if (dialect == Dialect.POSTGRESQL && !POSTGRESQL_TEXT.contains(typeName)) {
            return null;
        }
        // What is equal by its bytes is equal in any collation; what is less or greater is so in this one alone.
        return switch (comparison) {
            case EQUAL -> name;
            case NOT_EQUAL -> null;
            default ->
                switch (dialect) {
                    case POSTGRESQL -> name + " COLLATE \"C\"";
                    case SQLITE -> name + " COLLATE BINARY";
                    default -> null;
                };
        };
    }

    /** Returns whether values are the same in both types, and in the same order. */
    private static boolean alike(DataType type, DataType declared) {
        return type instanceof CharacterType
                ? declared instanceof CharacterType other && !other.fixed() && other.length() == DataType.UNBOUNDED
                : ColumnBounds.widens(type, declared)
                        || (type instanceof DecimalType && declared instanceof DecimalType)
                        || (type instanceof IntegerType && declared instanceof IntegerType);
    }

    /** Whether a parameter is compared with the column's own value, and not with a rounded one. */
    private static boolean precise(Dialect dialect, FloatingType type) {
        return type.bits() == 64 || dialect == Dialect.POSTGRESQL;
    }

    /** Whether booleans and times are types of their own. */
    private static boolean knowsKinds(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL || dialect == Dialect.H2 || dialect == Dialect.DUCKDB;
    }
}
