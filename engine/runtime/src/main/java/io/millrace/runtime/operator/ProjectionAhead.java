package io.millrace.runtime.operator;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.spi.connector.PreparedRows;
import io.millrace.spi.connector.PreparedRows.Failure;
import io.millrace.spi.connector.RowPreparation;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filters and projects rows in the thread that reads them ahead, before their step has begun. */
final class ProjectionAhead implements RowPreparation {

    private final BatchProjection projection;
    private final EvaluationContext context;

    /** @param context of any step: the expressions do not look at its time */
    ProjectionAhead(BatchProjection projection, EvaluationContext context) {
        this.projection = projection;
        this.context = context;
    }

    /**
     * Returns whether it can be done ahead, and is worth it: it computes something, nothing of which is the time of the
     * step, or of a user's function, which may expect to be called by one thread and in the order of the rows.
     */
    static boolean suits(@Nullable Expression condition, List<Expression> outputs) {
        boolean computes = condition != null || outputs.stream().anyMatch(each -> !(each instanceof Expression.Column));
        return computes
                && (condition == null || ofRowAlone(condition))
                && outputs.stream().allMatch(ProjectionAhead::ofRowAlone);
    }

    private static boolean ofRowAlone(Expression expression) {
        return !(expression instanceof UserCall)
                && !(expression instanceof Call call && call.function().ofStep())
                && expression.parts().stream().allMatch(ProjectionAhead::ofRowAlone);
    }

    @Override
    public PreparedRows prepare(RowBatch rows) {
        List<Failure> failures = new ArrayList<>(0);
        RowBatch made =
                projection.apply(rows, context, (row, code, reason) -> failures.add(new Failure(row, code, reason)));
        return new PreparedRows(made, failures);
    }
}
