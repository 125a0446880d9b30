package io.millrace.sql.function;

import io.millrace.plan.AggregateFunction;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.jspecify.annotations.Nullable;

/** The aggregate functions and what each means. */
public final class AggregateFunctions {

    private static final Map<SqlOperator, AggregateFunction> MEANINGS = meanings();
    private static final Set<String> NAMES =
            MEANINGS.keySet().stream().map(SqlOperator::getName).collect(Collectors.toUnmodifiableSet());

    /** Ends the name of a function that goes from the greatest value to the least. */
    public static final String DESCENDING = " DESC";

    private AggregateFunctions() {}

    /** Returns what an operator of the validator means, or null where it is no aggregate function of ours. */
    public static @Nullable AggregateFunction find(SqlOperator operator) {
        return UserAggregateOperator.find(operator) == null ? MEANINGS.get(operator) : AggregateFunction.USER;
    }

    /** Returns whether a built-in aggregate function has this name, whatever the case. */
    public static boolean isName(String name) {
        return NAMES.contains(name.toUpperCase(Locale.ROOT));
    }

    /** Returns the function that takes what it orders by as its last argument, or null for none of this name. */
    public static @Nullable SqlOperator ofOrderedSet(String name, boolean descending) {
        return CollectingFunctions.ORDERED_SETS.get(descending ? name + DESCENDING : name);
    }

    static Iterable<SqlOperator> operators() {
        return MEANINGS.keySet();
    }

    private static Map<SqlOperator, AggregateFunction> meanings() {
        Map<SqlOperator, AggregateFunction> meanings = new LinkedHashMap<>();
        meanings.put(SqlStdOperatorTable.COUNT, AggregateFunction.COUNT);
        meanings.put(SqlStdOperatorTable.SUM, AggregateFunction.SUM);
        meanings.put(SqlStdOperatorTable.SUM0, AggregateFunction.SUM0);
        meanings.put(SqlStdOperatorTable.MIN, AggregateFunction.MIN);
        meanings.put(SqlStdOperatorTable.MAX, AggregateFunction.MAX);
        meanings.put(SqlStdOperatorTable.AVG, AggregateFunction.AVG);
        meanings.put(SqlStdOperatorTable.ANY_VALUE, AggregateFunction.ANY_VALUE);
        meanings.put(SqlStdOperatorTable.EVERY, AggregateFunction.EVERY);
        meanings.put(SqlStdOperatorTable.SOME, AggregateFunction.SOME);
        meanings.put(bool("BOOL_AND"), AggregateFunction.EVERY);
        meanings.put(bool("BOOL_OR"), AggregateFunction.SOME);
        meanings.put(spread("STDDEV_POP"), AggregateFunction.STDDEV_POP);
        meanings.put(spread("STDDEV_SAMP"), AggregateFunction.STDDEV_SAMP);
        meanings.put(spread("STDDEV"), AggregateFunction.STDDEV_SAMP);
        meanings.put(spread("VAR_POP"), AggregateFunction.VAR_POP);
        meanings.put(spread("VAR_SAMP"), AggregateFunction.VAR_SAMP);
        meanings.put(spread("VARIANCE"), AggregateFunction.VAR_SAMP);
        meanings.put(positional("FIRST_VALUE"), AggregateFunction.FIRST_VALUE);
        meanings.put(positional("LAST_VALUE"), AggregateFunction.LAST_VALUE);
        CollectingFunctions.addTo(meanings);
        StatisticalFunctions.addTo(meanings);
        return Map.copyOf(meanings);
    }

    private static SqlOperator bool(String name) {
        return new PlainAggregate(
                name,
                ReturnTypes.explicit(SqlTypeName.BOOLEAN).andThen(SqlTypeTransforms.FORCE_NULLABLE),
                OperandTypes.BOOLEAN);
    }

    private static SqlOperator spread(String name) {
        return new PlainAggregate(
                name,
                ReturnTypes.explicit(SqlTypeName.DOUBLE).andThen(SqlTypeTransforms.FORCE_NULLABLE),
                OperandTypes.NUMERIC);
    }

    private static SqlOperator positional(String name) {
        return new PlainAggregate(name, ReturnTypes.ARG0_NULLABLE_IF_EMPTY, OperandTypes.ANY) {
            @Override
            public boolean allowsNullTreatment() {
                return true;
            }
        };
    }
}
