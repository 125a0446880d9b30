package io.millrace.sql.type;

import io.millrace.spi.type.DataType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Limits and defaults of types: DECIMAL of 38 digits, time to the microsecond, text of any length. */
final class MillraceTypeSystem extends RelDataTypeSystemImpl {

    private static final int FRACTION_DIGITS_MAX = 6;

    @Override
    public int getMaxPrecision(SqlTypeName name) {
        return switch (name) {
            case DECIMAL -> DataType.DECIMAL_PRECISION_MAX;
            case CHAR, VARCHAR, BINARY, VARBINARY -> DataType.UNBOUNDED;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> FRACTION_DIGITS_MAX;
            default -> super.getMaxPrecision(name);
        };
    }

    @Override
    public int getMinPrecision(SqlTypeName name) {
        return switch (name) {
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> 0;
            default -> super.getMinPrecision(name);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName name) {
        return name == SqlTypeName.DECIMAL ? DataType.DECIMAL_PRECISION_MAX : super.getMaxScale(name);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName name) {
        return switch (name) {
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> FRACTION_DIGITS_MAX;
            default -> super.getDefaultPrecision(name);
        };
    }

    /** Sums are wider than what they add: BIGINT for integers, all 38 digits for decimals, DOUBLE. */
    @Override
    public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
        RelDataType sum = argument;
        if (SqlTypeUtil.isDecimal(argument)) {
            sum = factory.createSqlType(SqlTypeName.DECIMAL, DataType.DECIMAL_PRECISION_MAX, argument.getScale());
        } else if (SqlTypeUtil.isIntType(argument)) {
            sum = factory.createSqlType(SqlTypeName.BIGINT);
        } else if (SqlTypeUtil.isApproximateNumeric(argument)) {
            sum = factory.createSqlType(SqlTypeName.DOUBLE);
        }
        return factory.createTypeWithNullability(sum, argument.isNullable());
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }
}
