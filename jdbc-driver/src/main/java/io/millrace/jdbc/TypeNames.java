package io.millrace.jdbc;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/** Types by the names people have for them. */
final class TypeNames {

    private static final Map<String, SqlType> OTHERS = Map.ofEntries(
            Map.entry("BOOL", SqlType.BOOLEAN),
            Map.entry("INT2", SqlType.SMALLINT),
            Map.entry("INT", SqlType.INTEGER),
            Map.entry("INT4", SqlType.INTEGER),
            Map.entry("INT8", SqlType.BIGINT),
            Map.entry("FLOAT", SqlType.DOUBLE),
            Map.entry("FLOAT4", SqlType.REAL),
            Map.entry("FLOAT8", SqlType.DOUBLE),
            Map.entry("DOUBLE PRECISION", SqlType.DOUBLE),
            Map.entry("NUMERIC", SqlType.DECIMAL),
            Map.entry("TEXT", SqlType.TEXT),
            Map.entry("VARCHAR", SqlType.VARCHAR),
            Map.entry("BPCHAR", SqlType.CHAR),
            Map.entry("BYTEA", SqlType.VARBINARY),
            Map.entry("TIMESTAMPTZ", SqlType.TIMESTAMP_ZONED),
            Map.entry("TIMETZ", SqlType.TIME_ZONED),
            Map.entry("JSON", SqlType.JSON),
            Map.entry("BIGINT", SqlType.BIGINT));

    private TypeNames() {}

    static SqlType find(String name) throws SQLException {
        String upper = name.toUpperCase(Locale.ROOT);
        SqlType other = OTHERS.get(upper);
        if (other != null) {
            return other;
        }
        for (SqlType type : SqlType.values()) {
            if (type != SqlType.OTHER && type.sqlName.equals(upper)) {
                return type;
            }
        }
        throw SqlErrors.argument("there is no type " + name);
    }
}
