package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Constant rows, put out in the first step. A row that cannot be computed fails the query. */
final class ValuesOperator extends Operator {

    private final List<BatchProjection> rows = new ArrayList<>();
    private boolean given;
    private @Nullable Step step;

    ValuesOperator(PlanNode.Values node, ExpressionEngine engine) {
        super(node.id(), node.rowType());
        for (List<Expression> row : node.rows()) {
            rows.add(engine.projection(RowType.of(), null, row, node.rowType()));
        }
    }

    @Override
    public void begin(Step newStep) {
        step = newStep;
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (given || step == null) {
            return null;
        }
        given = true;
        RowBatch out = RowBatch.create(rowType(), rows.size());
        RowBatch empty = RowBatch.create(RowType.of(), 1);
        empty.size(1);
        for (BatchProjection row : rows) {
            out.appendFrom(
                    row.apply(empty, step.context(), (number, code, reason) -> {
                        throw new MillraceException(code, reason);
                    }),
                    0);
        }
        return out.size() > 0 ? out : null;
    }

    @Override
    public boolean mayHaveMore() {
        return !given;
    }

    @Override
    public boolean due() {
        return !given && !rows.isEmpty();
    }

    @Override
    public long bound(int column) {
        return given ? CLOSED : NO_BOUND;
    }

    @Override
    public long rowtimeBound() {
        return bound(0);
    }

    @Override
    public boolean complete() {
        return given;
    }

    @Override
    public String stateLayout() {
        return "values";
    }

    @Override
    public void save(StateWriter out) {
        out.writeBoolean(given);
    }

    @Override
    public void load(StateReader in) {
        given = in.readBoolean();
    }
}
