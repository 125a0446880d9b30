package io.millrace.server.postgres.type;

/** PostgreSQL's object ids of types, as its catalog fixes them. */
final class Oid {

    static final int BOOL = 16;
    static final int BYTEA = 17;
    static final int CHAR = 18;
    static final int NAME = 19;
    static final int INT8 = 20;
    static final int INT2 = 21;
    static final int INT4 = 23;
    static final int TEXT = 25;
    static final int JSON = 114;
    static final int FLOAT4 = 700;
    static final int FLOAT8 = 701;
    static final int BPCHAR = 1042;
    static final int VARCHAR = 1043;
    static final int DATE = 1082;
    static final int TIME = 1083;
    static final int TIMESTAMP = 1114;
    static final int TIMESTAMPTZ = 1184;
    static final int INTERVAL = 1186;
    static final int NUMERIC = 1700;

    /** Element and array, in pairs. */
    private static final int[][] ARRAYS = {
        {BOOL, 1000},
        {BYTEA, 1001},
        {CHAR, 1002},
        {NAME, 1003},
        {INT2, 1005},
        {INT4, 1007},
        {TEXT, 1009},
        {BPCHAR, 1014},
        {VARCHAR, 1015},
        {INT8, 1016},
        {FLOAT4, 1021},
        {FLOAT8, 1022},
        {TIMESTAMP, 1115},
        {DATE, 1182},
        {TIME, 1183},
        {TIMESTAMPTZ, 1185},
        {INTERVAL, 1187},
        {NUMERIC, 1231},
        {JSON, 199},
    };

    private Oid() {}

    /** Returns a type's object id by one of its names, or 0. */
    static int of(String name) {
        return switch (name) {
            case "bool", "boolean" -> BOOL;
            case "bytea" -> BYTEA;
            case "int2", "smallint" -> INT2;
            case "int4", "int", "integer" -> INT4;
            case "int8", "bigint" -> INT8;
            case "float4", "real" -> FLOAT4;
            case "float8", "double precision", "double", "float" -> FLOAT8;
            case "numeric", "decimal" -> NUMERIC;
            case "text" -> TEXT;
            case "varchar", "character varying" -> VARCHAR;
            case "char", "character", "bpchar" -> BPCHAR;
            case "date" -> DATE;
            case "time", "time without time zone" -> TIME;
            case "timestamp", "timestamp without time zone" -> TIMESTAMP;
            case "timestamptz", "timestamp with time zone" -> TIMESTAMPTZ;
            default -> 0;
        };
    }

    static int arrayOf(int element) {
        for (int[] pair : ARRAYS) {
            if (pair[0] == element) {
                return pair[1];
            }
        }
        throw new IllegalArgumentException("no array of type " + element);
    }

    /** Returns the element's object id, or 0 where the type is no array. */
    static int elementOf(int array) {
        for (int[] pair : ARRAYS) {
            if (pair[1] == array) {
                return pair[0];
            }
        }
        return 0;
    }
}
