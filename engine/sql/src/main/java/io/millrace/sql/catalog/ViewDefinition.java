package io.millrace.sql.catalog;

import io.millrace.plan.Plan;
import io.millrace.plan.Rowtime;
import io.millrace.spi.type.DataType.RowType;

/**
 * A materialized view: the answer of an endless query, kept up to date.
 *
 * @param columns names and types of its columns
 * @param plan its endless query; it may update. Its rowtime column is one that the view promises bounds for
 * @param sql the query as it was written
 */
public record ViewDefinition(String name, RowType columns, Plan plan, String sql) {

    /** Returns what is known in time of the changes that those are given who follow the view. */
    public Rowtime.Changing changes() {
        int time = plan.rowtimeColumn();
        return new Rowtime.Changing(
                Plan.updating(plan.root()),
                time < 0 ? null : columns.field(time).name());
    }

    /** Returns the view under another name. */
    public ViewDefinition named(String other) {
        return new ViewDefinition(other, columns, plan, sql);
    }
}
