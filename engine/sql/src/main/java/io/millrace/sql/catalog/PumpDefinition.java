package io.millrace.sql.catalog;

import io.millrace.plan.Plan;
import java.util.List;

/**
 * A pump: a running {@code INSERT INTO … SELECT STREAM}.
 *
 * @param target name of the stream it writes
 * @param targetColumns place in the target's columns of each column of the plan's rows, but the plan's
 *     ROWTIME column where it has one; target columns not named become NULL
 * @param started whether it runs once created
 * @param plan its endless query
 * @param sql its INSERT as it was written; for the query of a delivery, the query
 */
public record PumpDefinition(
        String name, String target, List<Integer> targetColumns, boolean started, Plan plan, String sql) {

    /** Returns the same, running or not once created. */
    public PumpDefinition started(boolean runs) {
        return new PumpDefinition(name, target, targetColumns, runs, plan, sql);
    }

    /** Returns the same under another name. */
    public PumpDefinition named(String other) {
        return new PumpDefinition(other, target, targetColumns, started, plan, sql);
    }
}
