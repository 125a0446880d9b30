package io.millrace.sql.parser.tree;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Names of types that SQL names otherwise: PostgreSQL's, and {@code TIMESTAMP_LTZ} of Flink. */
public final class PostgresTypeNames {

    private static final Map<String, SqlTypeName> TYPES = Map.ofEntries(
            Map.entry("bool", SqlTypeName.BOOLEAN),
            Map.entry("int2", SqlTypeName.SMALLINT),
            Map.entry("int4", SqlTypeName.INTEGER),
            Map.entry("int8", SqlTypeName.BIGINT),
            Map.entry("float4", SqlTypeName.REAL),
            Map.entry("float8", SqlTypeName.DOUBLE),
            Map.entry("text", SqlTypeName.VARCHAR),
            Map.entry("string", SqlTypeName.VARCHAR),
            Map.entry("varchar", SqlTypeName.VARCHAR),
            Map.entry("bpchar", SqlTypeName.VARCHAR),
            Map.entry("char", SqlTypeName.VARCHAR),
            Map.entry("json", SqlTypeName.VARCHAR),
            Map.entry("jsonb", SqlTypeName.VARCHAR),
            Map.entry("name", SqlTypeName.VARCHAR),
            Map.entry("bytea", SqlTypeName.VARBINARY),
            Map.entry("date", SqlTypeName.DATE),
            Map.entry("time", SqlTypeName.TIME),
            Map.entry("timestamp", SqlTypeName.TIMESTAMP),
            Map.entry("timestamptz", SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE),
            Map.entry("timestamp_ltz", SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE),
            Map.entry("numeric", SqlTypeName.DECIMAL));

    private PostgresTypeNames() {}

    /**
     * Returns the SQL type that a name such as {@code int4} or {@code pg_catalog.text} means, or a named type where it
     * is none of PostgreSQL's ordinary ones ({@code regclass}).
     *
     * @param precision of names that {@link #hasPrecision}; −1 where there is none
     */
    public static SqlTypeNameSpec spec(SqlIdentifier name, int precision, SqlParserPos pos) {
        SqlTypeName type = type(name);
        return type == null
                ? new SqlUserDefinedTypeNameSpec(name, pos)
                : new SqlBasicTypeNameSpec(type, precision, pos);
    }

    /** Returns whether a word names one of PostgreSQL's ordinary types. */
    public static boolean isType(String word) {
        return TYPES.containsKey(word.toLowerCase(Locale.ROOT));
    }

    /** Returns whether a precision may stand behind a name, in parentheses. */
    public static boolean hasPrecision(SqlIdentifier name) {
        return type(name) == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    private static @Nullable SqlTypeName type(SqlIdentifier name) {
        return ofPostgres(name.names) ? TYPES.get(name.names.getLast().toLowerCase(Locale.ROOT)) : null;
    }

    private static boolean ofPostgres(List<String> names) {
        return names.size() == 1 || (names.size() == 2 && names.getFirst().equalsIgnoreCase("pg_catalog"));
    }
}
