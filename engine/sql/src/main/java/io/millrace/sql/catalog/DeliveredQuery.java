package io.millrace.sql.catalog;

import io.millrace.plan.Plan;
import io.millrace.spi.type.DataType.RowType;

/**
 * The query of a delivery {@code AS SELECT STREAM …}.
 *
 * @param columns what is delivered, in the order of the query; ROWTIME among them where the query names it
 * @param plan its endless query: the columns but ROWTIME, and behind them ROWTIME where the rows have one
 * @param sql the query as it was written
 */
public record DeliveredQuery(RowType columns, Plan plan, String sql) {

    /** Returns the columns that the query computes: those of the plan but its ROWTIME. */
    public RowType values() {
        RowType all = plan.rowType();
        return plan.rowtimeColumn() < 0 ? all : new RowType(all.fields().subList(0, plan.rowtimeColumn()));
    }
}
