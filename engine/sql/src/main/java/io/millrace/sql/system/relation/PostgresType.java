package io.millrace.sql.system.relation;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.IntervalType;

/**
 * A type of PostgreSQL's, with what {@code pg_type} says of it.
 *
 * @param oid its number
 * @param length bytes of a value, -1 where it varies
 * @param kind {@code b} for base types, {@code p} for pseudo-types
 * @param element oid of the element type, 0 where it is none of an array
 * @param array oid of the array type of it, 0 where there is none
 * @param label its name in SQL, such as {@code double precision}
 */
public record PostgresType(
        long oid,
        String name,
        int length,
        boolean byValue,
        String kind,
        String category,
        boolean preferred,
        long element,
        long array,
        String input,
        String alignment,
        String storage,
        long collation,
        String label) {

    static PostgresType parse(String line) {
        String[] f = line.split(" ", -1);
        return new PostgresType(
                Long.parseLong(f[0]),
                f[1],
                Integer.parseInt(f[2]),
                f[3].equals("t"),
                f[4],
                f[5],
                f[6].equals("t"),
                Long.parseLong(f[7]),
                Long.parseLong(f[8]),
                f[9],
                f[10],
                f[11],
                Long.parseLong(f[12]),
                f[13].replace('~', ' '));
    }

    /** Returns our type of a catalog column of this type. Numbers of things are BIGINT, for they are unsigned. */
    public DataType dataType() {
        if (name.startsWith("_")) {
            return new ArrayType(scalar(name.substring(1)), true);
        }
        return switch (name) {
            case "int2vector" -> new ArrayType(DataType.SMALLINT, false);
            case "oidvector" -> new ArrayType(DataType.BIGINT, false);
            default -> scalar(name);
        };
    }

    private static DataType scalar(String name) {
        return switch (name) {
            case "bool" -> DataType.BOOLEAN;
            case "int2" -> DataType.SMALLINT;
            case "int4" -> DataType.INTEGER;
            case "int8", "oid", "xid", "cid" -> DataType.BIGINT;
            case "float4" -> DataType.REAL;
            case "float8" -> DataType.DOUBLE;
            case "timestamptz" -> DataType.TIMESTAMP_WITH_TIME_ZONE;
            case "timestamp" -> DataType.TIMESTAMP;
            case "date" -> DataType.DATE;
            case "bytea" -> DataType.VARBINARY;
            case "interval" -> new IntervalType(false);
            default -> DataType.VARCHAR;
        };
    }
}
