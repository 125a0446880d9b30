package io.millrace.sql.function;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** Sums and differences of times as PostgreSQL has them beside the standard's: days are whole numbers. */
public final class TimeOperator extends SqlBinaryOperator {

    private static final int PRECEDENCE = 40;

    private static final SqlReturnTypeInference DATE =
            ReturnTypes.explicit(SqlTypeName.DATE).andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlReturnTypeInference DAYS =
            ReturnTypes.explicit(SqlTypeName.INTEGER).andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlReturnTypeInference INTERVAL = ((SqlReturnTypeInference) binding -> binding.getTypeFactory()
                    .createSqlIntervalType(
                            new SqlIntervalQualifier(TimeUnit.DAY, 9, TimeUnit.SECOND, 6, SqlParserPos.ZERO)))
            .andThen(SqlTypeTransforms.TO_NULLABLE);

    /** {@code date - date}, in days. */
    public static final SqlOperator DAYS_BETWEEN = new TimeOperator("-", DAYS);

    /** {@code timestamp - timestamp}, an interval. */
    public static final SqlOperator TIME_BETWEEN = new TimeOperator("-", INTERVAL);

    /** {@code date - integer}. */
    public static final SqlOperator DAYS_BEFORE = new TimeOperator("-", DATE);

    /** {@code date + integer}, in either order. */
    public static final SqlOperator DAYS_AFTER = new TimeOperator("+", DATE);

    private TimeOperator(String name, SqlReturnTypeInference type) {
        super(name, SqlKind.OTHER_FUNCTION, PRECEDENCE, true, type, null, OperandTypes.ANY_ANY);
    }

    /** Returns the operator that a sum or difference of values of these types is, or null where it is one of numbers. */
    @SuppressWarnings("ReferenceEquality") // operators are constants
    public static @Nullable SqlOperator of(SqlOperator operator, RelDataType left, RelDataType right) {
        if (operator == SqlStdOperatorTable.PLUS) {
            return (isDate(left) && SqlTypeUtil.isIntType(right)) || (SqlTypeUtil.isIntType(left) && isDate(right))
                    ? DAYS_AFTER
                    : null;
        }
        if (operator != SqlStdOperatorTable.MINUS || !(isDate(left) || isTimestamp(left))) {
            return null;
        }
        if (isDate(left) && isDate(right)) {
            return DAYS_BETWEEN;
        }
        if (isDate(left) && SqlTypeUtil.isIntType(right)) {
            return DAYS_BEFORE;
        }
        boolean alike = left.getSqlTypeName() == right.getSqlTypeName();
        boolean dateAndTime = (isDate(left) && right.getSqlTypeName() == SqlTypeName.TIMESTAMP)
                || (isDate(right) && left.getSqlTypeName() == SqlTypeName.TIMESTAMP);
        return alike || dateAndTime ? TIME_BETWEEN : null;
    }

    private static boolean isDate(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.DATE;
    }

    private static boolean isTimestamp(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.TIMESTAMP
                || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    /** What it is was found out by the types; by its name another would be found. */
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        for (SqlNode operand : call.getOperandList()) {
            validator.deriveType(scope, operand);
        }
        return validateOperands(validator, scope, call);
    }
}
