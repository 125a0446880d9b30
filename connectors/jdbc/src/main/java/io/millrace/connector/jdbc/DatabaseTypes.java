package io.millrace.connector.jdbc;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What columns of databases are here. */
final class DatabaseTypes {

    /** A number without a limit may have more digits; one that does is refused when it is read. */
    static final DecimalType UNLIMITED = new DecimalType(DataType.DECIMAL_PRECISION_MAX, 18);

    private static final int MICROSECOND_DIGITS = 6;

    /** Types of PostgreSQL and others that have no class, and come as the text that the database writes. */
    private static final Set<String> AS_TEXT = Set.of(
            "uuid",
            "json",
            "jsonb",
            "xml",
            "citext",
            "name",
            "char",
            "interval",
            "timetz",
            "money",
            "bit",
            "varbit",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "hstore",
            "ltree");

    private static final Map<String, DataType> POSTGRESQL_ELEMENTS = Map.ofEntries(
            Map.entry("_text", DataType.VARCHAR),
            Map.entry("_varchar", DataType.VARCHAR),
            Map.entry("_uuid", DataType.VARCHAR),
            Map.entry("_bool", DataType.BOOLEAN),
            Map.entry("_int2", DataType.SMALLINT),
            Map.entry("_int4", DataType.INTEGER),
            Map.entry("_int8", DataType.BIGINT),
            Map.entry("_float4", DataType.REAL),
            Map.entry("_float8", DataType.DOUBLE),
            Map.entry("_numeric", UNLIMITED));

    private static final Map<String, DataType> DUCKDB_NUMBERS = Map.of(
            "utinyint", DataType.SMALLINT,
            "usmallint", DataType.INTEGER,
            "uinteger", DataType.BIGINT,
            "ubigint", new DecimalType(20, 0),
            "hugeint", new DecimalType(DataType.DECIMAL_PRECISION_MAX, 0));

    private DatabaseTypes() {}

    /** Returns the type of a column of an answer, or null where there is nothing like it. */
    static @Nullable DataType of(Dialect dialect, ResultSetMetaData columns, int i) throws SQLException {
        String name = String.valueOf(columns.getColumnTypeName(i)).toLowerCase(Locale.ROOT);
        if (AS_TEXT.contains(name)) {
            return DataType.VARCHAR;
        }
        if (dialect == Dialect.DUCKDB && DUCKDB_NUMBERS.containsKey(name)) {
            return DUCKDB_NUMBERS.get(name);
        }
        return switch (columns.getColumnType(i)) {
            case Types.TINYINT -> DataType.SMALLINT;
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> integer(dialect, columns, i);
            case Types.REAL -> dialect == Dialect.SQLITE ? DataType.DOUBLE : DataType.REAL;
            case Types.FLOAT, Types.DOUBLE -> DataType.DOUBLE;
            case Types.DECIMAL, Types.NUMERIC -> decimal(columns.getPrecision(i), columns.getScale(i));
            case Types.ARRAY -> array(dialect, name);
            case Types.TIMESTAMP ->
                name.equals("timestamptz") || name.endsWith("with time zone")
                        ? DataType.TIMESTAMP_WITH_TIME_ZONE
                        : DataType.TIMESTAMP;
            case Types.CHAR, Types.NCHAR -> character(dialect, name, columns.getPrecision(i));
            default -> plain(columns.getColumnType(i));
        };
    }

    /** Returns whether a column has times that may be parts of a microsecond apart. */
    static boolean finer(Dialect dialect, ResultSetMetaData columns, int i) throws SQLException {
        return switch (dialect) {
            case H2 -> columns.getScale(i) > MICROSECOND_DIGITS;
            case DUCKDB ->
                String.valueOf(columns.getColumnTypeName(i))
                        .toLowerCase(Locale.ROOT)
                        .endsWith("_ns");
            default -> false;
        };
    }

    private static @Nullable DataType plain(int code) {
        return switch (code) {
            case Types.BIT, Types.BOOLEAN -> DataType.BOOLEAN;
            case Types.VARCHAR,
                    Types.NVARCHAR,
                    Types.LONGVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB,
                    Types.SQLXML -> DataType.VARCHAR;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> DataType.VARBINARY;
            case Types.DATE -> DataType.DATE;
            case Types.TIME -> DataType.TIME;
            case Types.TIMESTAMP_WITH_TIMEZONE -> DataType.TIMESTAMP_WITH_TIME_ZONE;
            default -> null;
        };
    }

    private static DataType integer(Dialect dialect, ResultSetMetaData columns, int i) throws SQLException {
        // SQLite keeps 64 bits whatever a column is called.
        if (dialect == Dialect.SQLITE) {
            return DataType.BIGINT;
        }
        boolean wider = (dialect == Dialect.MYSQL || dialect == Dialect.MARIADB) && !columns.isSigned(i);
        return switch (columns.getColumnType(i)) {
            case Types.SMALLINT -> wider ? DataType.INTEGER : DataType.SMALLINT;
            case Types.INTEGER -> wider ? DataType.BIGINT : DataType.INTEGER;
            default -> wider ? new DecimalType(20, 0) : DataType.BIGINT;
        };
    }

    private static DataType decimal(int precision, int scale) {
        boolean limited = precision > 0 && precision <= DataType.DECIMAL_PRECISION_MAX;
        return limited && scale >= 0 && scale <= precision ? new DecimalType(precision, scale) : UNLIMITED;
    }

    private static DataType character(Dialect dialect, String name, int length) {
        // What H2 calls an ENUM, and text without a length, are not padded.
        boolean fixed = length > 0 && length < 100_000 && !name.startsWith("enum") && dialect != Dialect.SQLITE;
        return fixed ? new CharacterType(length, true) : DataType.VARCHAR;
    }

    private static @Nullable DataType array(Dialect dialect, String name) {
        DataType element = dialect == Dialect.POSTGRESQL ? POSTGRESQL_ELEMENTS.get(name) : null;
        return element == null ? null : new ArrayType(element, true);
    }

    /** Returns whether values of a column may be read as this type, each as itself or refused. */
    static boolean readable(DatabaseColumn column, DataType wanted) {
        if (wanted instanceof CharacterType) {
            return true;
        }
        DataType type = column.type();
        return type != null
                && (type.equals(wanted)
                        || switch (wanted) {
                            case DataType.IntegerType w -> type instanceof DataType.IntegerType;
                            case DecimalType w -> type instanceof DecimalType || type instanceof DataType.IntegerType;
                            case DataType.FloatingType w ->
                                type instanceof DataType.FloatingType
                                        || type instanceof DecimalType
                                        || type instanceof DataType.IntegerType;
                            case DataType.BinaryType w -> type instanceof DataType.BinaryType;
                            case DataType.TimeType w -> type instanceof DataType.TimeType;
                            case DataType.TimestampType w ->
                                type instanceof DataType.TimestampType t && t.zoned() == w.zoned();
                            default -> false;
                        });
    }
}
