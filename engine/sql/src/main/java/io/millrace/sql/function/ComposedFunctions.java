package io.millrace.sql.function;

import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** The functions of PostgreSQL that the plan spells with others. */
public final class ComposedFunctions {

    /** {@code LOG(x)} to base 10, {@code LOG(base, x)}. */
    public static final SqlFunction LOG = SqlBasicFunction.create(
            "LOG", Results.DOUBLE, OperandTypes.or(OperandTypes.NUMERIC, OperandTypes.NUMERIC_NUMERIC));

    public static final SqlFunction DEGREES = SqlBasicFunction.create("DEGREES", Results.DOUBLE, OperandTypes.NUMERIC);
    public static final SqlFunction RADIANS = SqlBasicFunction.create("RADIANS", Results.DOUBLE, OperandTypes.NUMERIC);
    public static final SqlFunction PI =
            SqlBasicFunction.create("PI", ReturnTypes.explicit(SqlTypeName.DOUBLE), OperandTypes.NILADIC);

    /** {@code TO_DATE(text, pattern)} in PostgreSQL's pattern letters. */
    public static final SqlFunction TO_DATE = SqlBasicFunction.create(
            "TO_DATE",
            ReturnTypes.explicit(SqlTypeName.DATE).andThen(SqlTypeTransforms.TO_NULLABLE),
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER));

    /** {@code DATE_BIN(stride, time, origin)}. */
    public static final SqlFunction DATE_BIN = SqlBasicFunction.create(
            "DATE_BIN",
            Results.TIMESTAMP,
            OperandTypes.family(SqlTypeFamily.INTERVAL_DAY_TIME, SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME));

    /** {@code MAKE_TIMESTAMP(year, month, day, hour, minute, seconds)}. */
    public static final SqlFunction MAKE_TIMESTAMP = SqlBasicFunction.create(
            "MAKE_TIMESTAMP",
            Results.TIMESTAMP,
            OperandTypes.family(
                    SqlTypeFamily.INTEGER,
                    SqlTypeFamily.INTEGER,
                    SqlTypeFamily.INTEGER,
                    SqlTypeFamily.INTEGER,
                    SqlTypeFamily.INTEGER,
                    SqlTypeFamily.NUMERIC));

    /** {@code LAST_DAY(time)}: of its month. */
    public static final SqlFunction LAST_DAY = SqlBasicFunction.create("LAST_DAY", Results.DATE, OperandTypes.DATETIME);

    /** All of them. */
    public static final List<SqlOperator> ALL = List.of(
            LOG,
            DEGREES,
            RADIANS,
            PI,
            TO_DATE,
            DATE_BIN,
            MAKE_TIMESTAMP,
            LAST_DAY,
            TimeOperator.DAYS_BETWEEN,
            TimeOperator.TIME_BETWEEN,
            TimeOperator.DAYS_BEFORE,
            TimeOperator.DAYS_AFTER);

    private ComposedFunctions() {}
}
