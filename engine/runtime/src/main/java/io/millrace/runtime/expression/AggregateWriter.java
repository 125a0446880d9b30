package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.spi.function.AggregateFunction;
import io.millrace.spi.function.AggregateMethods;
import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the loop that gives rows to a user's aggregate function, twice: with and without regard to NULLs.
 *
 * <pre>
 *   Object a = accumulators[groups[i]];
 *   if (!(a instanceof Sum)) a = aggregate.started(accumulators, groups[i]);
 *   if (a != null) {
 *     try { for (; weight &gt; 0; weight--) f.add((Sum) a, c0[row], c1[row]); …
 *   }
 * </pre>
 */
final class AggregateWriter {

    private static final String PARAMETERS =
            "(int[] rows, int[] groups, int count, int[] weights, Object[] accumulators)";

    /** Arguments are columns, so that no method becomes long. */
    private static final Expression NOTHING = new Expression.Literal(null, DataType.BOOLEAN);

    private final BodyWriter body;
    private final BoundAggregate function;
    private final List<Expression.Column> arguments;

    AggregateWriter(BodyWriter body, BoundAggregate function, List<Expression.Column> arguments) {
        this.body = body;
        this.function = function;
        this.arguments = arguments;
    }

    /** Returns the source of the class. */
    String write() {
        loop(false);
        loop(true);
        body.method("""
            protected void aggregate(boolean nulls, int[] rows, int[] groups, int count, int[] weights,
            Object[] accumulators) {
            if (nulls) aggregateN(rows, groups, count, weights, accumulators);
            else aggregateP(rows, groups, count, weights, accumulators);
            }
            """);
        return body.text("throw new IllegalStateException();", "");
    }

    private void loop(boolean nulls) {
        Scope scope = new Scope(nulls);
        AggregateMethods methods = function.methods();
        UserCallWriter calls = new UserCallWriter(new ExpressionWriter(body, scope, new Cuts(NOTHING)));
        List<Code> strict = new ArrayList<>();
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            Code code = body.column(arguments.get(i), scope);
            boolean nullable = methods.nullable().get(i);
            if (!nullable) {
                strict.add(code);
            }
            values.append(", ").append(calls.argument(methods.parameters().get(i), code, nullable));
        }
        String anyNull = Code.anyNull(strict);
        String accumulator = UserCallWriter.name(methods.accumulator());
        String instance = body.shared(UserCallWriter.name(methods.owner()), function.instance());
        String aggregate = body.shared("BoundAggregate", function);
        String call = "((" + accumulator + ") a" + values + ");";
        String retract = methods.retract() == null
                ? "BoundAggregate.required(null);"
                : instance + "." + AggregateFunction.RETRACT + call;
        body.method("private void aggregate" + (nulls ? "N" : "P") + PARAMETERS + " {\n" + scope.locals()
                + """
                for (int i = 0; i < count; i++) {
                int row = rows[i];
                int weight = weights == null ? 1 : weights[row];
                %sif (%s) continue;
                Object a = accumulators[groups[i]];
                if (!(a instanceof %s)) a = %s.started(accumulators, groups[i]);
                if (a == null) continue;
                try {
                for (; weight > 0; weight--) %s
                for (; weight < 0; weight++) %s
                } catch (Throwable t) {
                accumulators[groups[i]] = %s.failed(t);
                }
                }
                }
                """.formatted(
                                scope.text(),
                                anyNull == null ? "false" : anyNull,
                                accumulator,
                                aggregate,
                                instance + "." + AggregateFunction.ADD + call,
                                retract,
                                aggregate));
    }
}
