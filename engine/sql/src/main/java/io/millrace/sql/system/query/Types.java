package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import java.util.List;

/** What types combine to. */
final class Types {

    private Types() {}

    /** Returns the type of a value that is one of these: that of the first that has one, the widest of numbers. */
    static DataType common(List<Expression> expressions) {
        DataType common = null;
        for (Expression expression : expressions) {
            if (!expression.untyped()) {
                common = common == null ? expression.type() : wider(common, expression.type());
            }
        }
        return common == null ? DataType.VARCHAR : common;
    }

    static boolean numeric(DataType type) {
        return type instanceof IntegerType || type instanceof FloatingType || type instanceof DecimalType;
    }

    /** Returns the wider of two types of numbers, and of others the first. */
    static DataType wider(DataType a, DataType b) {
        return numeric(a) && numeric(b) && rank(b) > rank(a) ? b : a;
    }

    private static int rank(DataType type) {
        return switch (type) {
            case IntegerType t -> t.bits();
            case DecimalType t -> 100 + t.precision();
            default -> 200;
        };
    }

    /** Returns whether it is {@code int2vector} or {@code oidvector}, whose elements PostgreSQL counts from 0. */
    static boolean isVector(DataType type) {
        return type instanceof ArrayType array
                && !array.elementNullable()
                && (array.element().equals(DataType.SMALLINT) || array.element().equals(DataType.BIGINT));
    }

    static DataType element(DataType type) {
        return type instanceof ArrayType array ? array.element() : DataType.VARCHAR;
    }
}
