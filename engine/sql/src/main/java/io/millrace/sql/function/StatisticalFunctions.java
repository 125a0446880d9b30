package io.millrace.sql.function;

import io.millrace.plan.AggregateFunction;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Aggregate functions that compute a number of numbers, under the names that they have in the plan. */
final class StatisticalFunctions {

    private static final SqlReturnTypeInference DOUBLE =
            ReturnTypes.explicit(SqlTypeName.DOUBLE).andThen(SqlTypeTransforms.FORCE_NULLABLE);
    private static final SqlReturnTypeInference ARGUMENT = ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE);

    private StatisticalFunctions() {}

    static void addTo(Map<SqlOperator, AggregateFunction> meanings) {
        meanings.put(
                new PlainAggregate("COUNT_IF", ReturnTypes.BIGINT, OperandTypes.BOOLEAN), AggregateFunction.COUNT_IF);
        meanings.put(
                new PlainAggregate("COUNTIF", ReturnTypes.BIGINT, OperandTypes.BOOLEAN), AggregateFunction.COUNT_IF);
        for (AggregateFunction function :
                List.of(AggregateFunction.BIT_AND, AggregateFunction.BIT_OR, AggregateFunction.BIT_XOR)) {
            meanings.put(new PlainAggregate(function.name(), ARGUMENT, OperandTypes.INTEGER), function);
        }
        for (AggregateFunction function : List.of(AggregateFunction.SKEWNESS, AggregateFunction.KURTOSIS)) {
            meanings.put(new PlainAggregate(function.name(), DOUBLE, OperandTypes.NUMERIC), function);
        }
        for (AggregateFunction function : List.of(
                AggregateFunction.COVAR_POP,
                AggregateFunction.COVAR_SAMP,
                AggregateFunction.CORR,
                AggregateFunction.REGR_COUNT,
                AggregateFunction.REGR_AVGX,
                AggregateFunction.REGR_AVGY,
                AggregateFunction.REGR_SXX,
                AggregateFunction.REGR_SYY,
                AggregateFunction.REGR_SXY,
                AggregateFunction.REGR_SLOPE,
                AggregateFunction.REGR_INTERCEPT,
                AggregateFunction.REGR_R2)) {
            SqlReturnTypeInference result = function.countsFromZero() ? ReturnTypes.BIGINT : DOUBLE;
            meanings.put(new PlainAggregate(function.name(), result, OperandTypes.NUMERIC_NUMERIC), function);
        }
    }
}
