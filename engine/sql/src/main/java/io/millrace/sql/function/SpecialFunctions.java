package io.millrace.sql.function;

import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** The functions that are more than their name, such as those whose meaning hangs on their argument's type. */
public final class SpecialFunctions {

    /** {@code STEP(x BY y)}. */
    public static final SqlFunction STEP = SqlBasicFunction.create(
                    "STEP",
                    ReturnTypes.ARG0.andThen(SqlTypeTransforms.TO_NULLABLE),
                    OperandTypes.or(
                            OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.INTERVAL_DAY_TIME),
                            OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.INTERVAL_YEAR_MONTH),
                            OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC)))
            .withFunctionType(SqlFunctionCategory.USER_DEFINED_FUNCTION);

    /** The later less the earlier of its arguments' order, in milliseconds. */
    public static final SqlFunction TSDIFF = SqlBasicFunction.create(
            "TSDIFF", Results.BIGINT, OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME));

    /**
     * {@code TO_TIMESTAMP}: of an integer, milliseconds since 1970, as Kinesis Analytics has it; of another
     * number, seconds, as PostgreSQL has it; of text, with or without a pattern.
     */
    public static final SqlFunction TO_TIMESTAMP = SqlBasicFunction.create(
            "TO_TIMESTAMP",
            Results.TIMESTAMP,
            OperandTypes.or(
                    OperandTypes.NUMERIC,
                    OperandTypes.CHARACTER,
                    OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER)));

    /** {@code TO_CHAR(timestamp, pattern)} and {@code TO_CHAR(number, pattern)} in PostgreSQL's pattern letters. */
    public static final SqlFunction TO_CHAR = SqlBasicFunction.create(
            "TO_CHAR",
            Results.TEXT,
            OperandTypes.or(
                    OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.CHARACTER),
                    OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.CHARACTER)));

    /** {@code TO_NUMBER(text, pattern)}, of as many digits as the pattern has. */
    public static final SqlFunction TO_NUMBER = SqlBasicFunction.create(
            "TO_NUMBER", Results.READ_NUMBER, OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER));

    /** {@code timestamp AT TIME ZONE zone}, as PostgreSQL has it as a function: zone first. */
    public static final SqlFunction TIMEZONE = SqlBasicFunction.create(
            "TIMEZONE",
            Results.TURNED_TIMESTAMP,
            OperandTypes.or(
                    OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME),
                    OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER)));

    /** {@code GENERATE_SERIES(first, last [, step])} of whole numbers, and of times with an interval as the step. */
    public static final SqlFunction GENERATE_SERIES = SqlBasicFunction.create(
            "GENERATE_SERIES",
            Results.SERIES,
            OperandTypes.or(
                    OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER),
                    OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER),
                    OperandTypes.family(
                            SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME, SqlTypeFamily.INTERVAL_DAY_TIME),
                    OperandTypes.family(
                            SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME, SqlTypeFamily.INTERVAL_YEAR_MONTH)));

    /** Text of all arguments; NULLs count as empty. */
    public static final SqlFunction CONCAT = SqlBasicFunction.create(
            "CONCAT",
            ReturnTypes.explicit(SqlTypeName.VARCHAR),
            OperandTypes.repeat(org.apache.calcite.sql.type.SqlOperandCountRanges.from(1), OperandTypes.ANY));

    /** {@code CONCAT_WS(separator, …)}: text of all arguments that are not NULL, with a separator between them. */
    public static final SqlFunction CONCAT_WS = SqlBasicFunction.create(
            "CONCAT_WS",
            call -> call.getTypeFactory()
                    .createTypeWithNullability(
                            call.getTypeFactory().createSqlType(SqlTypeName.VARCHAR),
                            call.getOperandType(0).isNullable()),
            OperandTypes.repeat(org.apache.calcite.sql.type.SqlOperandCountRanges.from(2), OperandTypes.ANY));

    public static final SqlFunction GREATEST = extreme("GREATEST");
    public static final SqlFunction LEAST = extreme("LEAST");

    public static final SqlFunction CURRENT_TIMESTAMP = clock("CURRENT_TIMESTAMP", SqlTypeName.TIMESTAMP);
    public static final SqlFunction LOCALTIMESTAMP = clock("LOCALTIMESTAMP", SqlTypeName.TIMESTAMP);
    public static final SqlFunction CURRENT_ROW_TIMESTAMP = clock("CURRENT_ROW_TIMESTAMP", SqlTypeName.TIMESTAMP);
    public static final SqlFunction CURRENT_DATE = clock("CURRENT_DATE", SqlTypeName.DATE);
    public static final SqlFunction CURRENT_TIME = clock("CURRENT_TIME", SqlTypeName.TIME);
    public static final SqlFunction LOCALTIME = clock("LOCALTIME", SqlTypeName.TIME);

    static final List<SqlOperator> ALL = List.of(
            STEP,
            TSDIFF,
            TO_TIMESTAMP,
            TO_CHAR,
            TO_NUMBER,
            TIMEZONE,
            GENERATE_SERIES,
            CONCAT,
            CONCAT_WS,
            GREATEST,
            LEAST,
            CURRENT_TIMESTAMP,
            LOCALTIMESTAMP,
            CURRENT_ROW_TIMESTAMP,
            CURRENT_DATE,
            CURRENT_TIME,
            LOCALTIME);

    private SpecialFunctions() {}

    private static SqlFunction extreme(String name) {
        return SqlBasicFunction.create(
                name, ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE), OperandTypes.SAME_VARIADIC);
    }

    private static SqlFunction clock(String name, SqlTypeName type) {
        SqlReturnTypeInference result = ReturnTypes.explicit(type);
        return SqlBasicFunction.create(name, SqlKind.OTHER_FUNCTION, result, OperandTypes.NILADIC)
                .withSyntax(SqlSyntax.FUNCTION_ID)
                .withFunctionType(SqlFunctionCategory.TIMEDATE);
    }
}
