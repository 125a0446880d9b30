package io.millrace.jdbc;

import java.math.BigDecimal;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;

/** The types of columns and parameters: PostgreSQL's numbers for them, and JDBC's. */
enum SqlType {
    BOOLEAN("BOOLEAN", 16, 1000, Types.BOOLEAN, Boolean.class, 1, 5),
    SMALLINT("SMALLINT", 21, 1005, Types.SMALLINT, Short.class, 5, 6),
    INTEGER("INTEGER", 23, 1007, Types.INTEGER, Integer.class, 10, 11),
    BIGINT("BIGINT", 20, 1016, Types.BIGINT, Long.class, 19, 20),
    REAL("REAL", 700, 1021, Types.REAL, Float.class, 8, 15),
    DOUBLE("DOUBLE", 701, 1022, Types.DOUBLE, Double.class, 17, 25),
    DECIMAL("DECIMAL", 1700, 1231, Types.DECIMAL, BigDecimal.class, 0, 0),
    CHAR("CHAR", 1042, 1014, Types.CHAR, String.class, 0, 0),
    VARCHAR("VARCHAR", 1043, 1015, Types.VARCHAR, String.class, 0, 0),
    TEXT("VARCHAR", 25, 1009, Types.VARCHAR, String.class, 0, 0),
    VARBINARY("VARBINARY", 17, 1001, Types.VARBINARY, byte[].class, 0, 0),
    DATE("DATE", 1082, 1182, Types.DATE, java.sql.Date.class, 10, 10),
    TIME("TIME", 1083, 1183, Types.TIME, java.sql.Time.class, 8, 8),
    TIME_ZONED("TIME WITH TIME ZONE", 1266, 1270, Types.TIME_WITH_TIMEZONE, java.time.OffsetTime.class, 8, 14),
    TIMESTAMP("TIMESTAMP", 1114, 1115, Types.TIMESTAMP, java.sql.Timestamp.class, 19, 19),
    TIMESTAMP_ZONED(
            "TIMESTAMP WITH TIME ZONE",
            1184,
            1185,
            Types.TIMESTAMP_WITH_TIMEZONE,
            java.time.OffsetDateTime.class,
            19,
            25),
    INTERVAL("INTERVAL", 1186, 1187, Types.OTHER, String.class, 0, 49),
    JSON("JSON", 114, 199, Types.OTHER, String.class, 0, 0),
    JSONB("JSON", 3802, 3807, Types.OTHER, String.class, 0, 0),
    UUID("UUID", 2950, 2951, Types.OTHER, java.util.UUID.class, 36, 36),
    NAME("VARCHAR", 19, 1003, Types.VARCHAR, String.class, 63, 63),
    ONE_CHAR("CHAR", 18, 1002, Types.CHAR, String.class, 1, 1),
    OID("BIGINT", 26, 1028, Types.BIGINT, Long.class, 10, 10),
    OTHER("OTHER", 0, -1, Types.OTHER, String.class, 0, 0);

    /** What stands for an unlimited length. */
    private static final int UNLIMITED = Integer.MAX_VALUE;

    /** PostgreSQL counts a header of four bytes into lengths and precisions. */
    private static final int MODIFIER_BASE = 4;

    private static final int MICROS_DIGITS = 6;
    private static final Map<Integer, SqlType> BY_OID = new HashMap<>();
    private static final Map<Integer, SqlType> BY_ARRAY_OID = new HashMap<>();

    static {
        for (SqlType type : values()) {
            BY_OID.put(type.oid, type);
            BY_ARRAY_OID.put(type.arrayOid, type);
        }
    }

    final String sqlName;
    final int oid;
    final int arrayOid;
    final int jdbcType;
    final Class<?> javaClass;
    private final int precision;
    private final int width;

    SqlType(String sqlName, int oid, int arrayOid, int jdbcType, Class<?> javaClass, int precision, int width) {
        this.sqlName = sqlName;
        this.oid = oid;
        this.arrayOid = arrayOid;
        this.jdbcType = jdbcType;
        this.javaClass = javaClass;
        this.precision = precision;
        this.width = width;
    }

    static SqlType of(int oid) {
        return BY_OID.getOrDefault(oid, OTHER);
    }

    /** Returns whether an oid is that of an array; {@link #elementOf} tells of what. */
    static boolean isArray(int oid) {
        return BY_ARRAY_OID.containsKey(oid);
    }

    static SqlType elementOf(int arrayOid) {
        return BY_ARRAY_OID.getOrDefault(arrayOid, OTHER);
    }

    static int jdbcType(int oid) {
        return isArray(oid) ? Types.ARRAY : of(oid).jdbcType;
    }

    static String className(int oid) {
        return isArray(oid) ? java.sql.Array.class.getName() : of(oid).javaClass.getTypeName();
    }

    static String name(int oid) {
        return isArray(oid) ? elementOf(oid).sqlName + " ARRAY" : of(oid).sqlName;
    }

    /** Returns digits, characters or bytes at most, as the type has it. */
    int precision(int modifier) {
        switch (this) {
            case DECIMAL:
                return modifier < MODIFIER_BASE ? 0 : (modifier - MODIFIER_BASE) >>> 16;
            case CHAR:
            case VARCHAR:
                return modifier < MODIFIER_BASE ? UNLIMITED : modifier - MODIFIER_BASE;
            case TEXT:
            case VARBINARY:
            case JSON:
            case JSONB:
            case OTHER:
                return UNLIMITED;
            case TIME:
            case TIME_ZONED:
            case TIMESTAMP:
            case TIMESTAMP_ZONED:
                return precision + fraction(modifier);
            default:
                return precision;
        }
    }

    private static int fraction(int modifier) {
        int digits = modifier < 0 ? MICROS_DIGITS : modifier;
        return digits == 0 ? 0 : digits + 1;
    }

    int scale(int modifier) {
        switch (this) {
            case DECIMAL:
                return modifier < MODIFIER_BASE ? 0 : (modifier - MODIFIER_BASE) & 0xffff;
            case TIME:
            case TIME_ZONED:
            case TIMESTAMP:
            case TIMESTAMP_ZONED:
                return modifier < 0 ? MICROS_DIGITS : modifier;
            default:
                return 0;
        }
    }

    int displaySize(int modifier) {
        switch (this) {
            case DECIMAL:
                return modifier < MODIFIER_BASE ? UNLIMITED : precision(modifier) + 2;
            case VARBINARY:
                return UNLIMITED;
            case TIME:
            case TIME_ZONED:
            case TIMESTAMP:
            case TIMESTAMP_ZONED:
                return width + fraction(modifier);
            default:
                return width > 0 ? width : precision(modifier);
        }
    }

    /** Returns whether columns can be declared of it. */
    boolean declarable() {
        switch (this) {
            case TEXT:
            case JSON:
            case JSONB:
            case UUID:
            case NAME:
            case ONE_CHAR:
            case OID:
            case OTHER:
            case TIME_ZONED:
                return false;
            default:
                return true;
        }
    }

    boolean signed() {
        return scalarNumber() && this != OID;
    }

    boolean text() {
        return javaClass == String.class;
    }

    private boolean scalarNumber() {
        return Number.class.isAssignableFrom(javaClass);
    }
}
