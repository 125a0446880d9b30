package io.millrace.sql.function;

import io.millrace.plan.AggregateFunction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Aggregate functions that take up values and give some or all of them back. */
final class CollectingFunctions {

    /** {@code MEDIAN(x)}: {@code PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x)}. */
    static final String MEDIAN = "MEDIAN";

    private static final SqlReturnTypeInference DOUBLE =
            ReturnTypes.explicit(SqlTypeName.DOUBLE).andThen(SqlTypeTransforms.FORCE_NULLABLE);
    private static final SqlReturnTypeInference ARGUMENT = ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE);

    /** Those that take what they order by as their last argument, by name. */
    static final Map<String, SqlOperator> ORDERED_SETS = orderedSets();

    private CollectingFunctions() {}

    static void addTo(Map<SqlOperator, AggregateFunction> meanings) {
        meanings.put(SqlStdOperatorTable.LISTAGG, AggregateFunction.STRING_AGG);
        meanings.put(SqlLibraryOperators.STRING_AGG, AggregateFunction.STRING_AGG);
        meanings.put(SqlLibraryOperators.ARRAY_AGG, AggregateFunction.ARRAY_AGG);
        meanings.put(byOther("ARG_MIN"), AggregateFunction.ARG_MIN);
        meanings.put(byOther("MIN_BY"), AggregateFunction.ARG_MIN);
        meanings.put(byOther("ARG_MAX"), AggregateFunction.ARG_MAX);
        meanings.put(byOther("MAX_BY"), AggregateFunction.ARG_MAX);
        ORDERED_SETS.forEach((name, operator) -> meanings.put(operator, meaning(name)));
        meanings.put(new PlainAggregate(MEDIAN, DOUBLE, OperandTypes.NUMERIC), AggregateFunction.PERCENTILE_CONT);
        meanings.put(
                new PlainAggregate("APPROX_COUNT_DISTINCT", ReturnTypes.BIGINT, OperandTypes.ANY),
                AggregateFunction.APPROX_COUNT_DISTINCT);
        meanings.put(approximate("APPROX_PERCENTILE", DOUBLE), AggregateFunction.APPROX_PERCENTILE);
        meanings.put(approximate("APPROX_QUANTILE", DOUBLE), AggregateFunction.APPROX_PERCENTILE);
        meanings.put(
                approximate("APPROX_QUANTILES", CollectingFunctions::quantiles), AggregateFunction.APPROX_QUANTILES);
        meanings.put(
                new PlainAggregate(
                        "APPROX_TOP_K",
                        CollectingFunctions::pairs,
                        OperandTypes.sequence(
                                "'APPROX_TOP_K(value, integer)'", OperandTypes.ANY, OperandTypes.INTEGER)),
                AggregateFunction.APPROX_TOP_K);
    }

    private static SqlOperator byOther(String name) {
        return new PlainAggregate(name, ARGUMENT, OperandTypes.ANY_ANY);
    }

    private static Map<String, SqlOperator> orderedSets() {
        Map<String, SqlOperator> sets = new LinkedHashMap<>();
        for (String direction : List.of("", AggregateFunctions.DESCENDING)) {
            put(sets, "PERCENTILE_CONT" + direction, DOUBLE, OperandTypes.NUMERIC_NUMERIC);
            put(
                    sets,
                    "PERCENTILE_DISC" + direction,
                    ReturnTypes.ARG1.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                    OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.ANY));
            put(sets, "MODE" + direction, ARGUMENT, OperandTypes.ANY);
        }
        return Collections.unmodifiableMap(sets);
    }

    private static void put(
            Map<String, SqlOperator> sets, String name, SqlReturnTypeInference result, SqlOperandTypeChecker operands) {
        sets.put(name, new PlainAggregate(name, result, operands));
    }

    private static AggregateFunction meaning(String name) {
        return AggregateFunction.valueOf(name.replace(AggregateFunctions.DESCENDING, ""));
    }

    private static SqlOperator approximate(String name, SqlReturnTypeInference result) {
        return new PlainAggregate(name, result, OperandTypes.NUMERIC_NUMERIC);
    }

    private static RelDataType quantiles(SqlOperatorBinding call) {
        RelDataTypeFactory factory = call.getTypeFactory();
        return nullable(call, factory.createArrayType(factory.createSqlType(SqlTypeName.DOUBLE), -1));
    }

    private static RelDataType pairs(SqlOperatorBinding call) {
        RelDataTypeFactory factory = call.getTypeFactory();
        RelDataType pair = factory.builder()
                .add("value", call.getOperandType(0))
                .add("count", SqlTypeName.BIGINT)
                .build();
        return nullable(call, factory.createArrayType(pair, -1));
    }

    private static RelDataType nullable(SqlOperatorBinding call, RelDataType type) {
        return call.getTypeFactory().createTypeWithNullability(type, true);
    }
}
