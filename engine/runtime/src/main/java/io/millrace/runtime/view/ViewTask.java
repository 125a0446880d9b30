package io.millrace.runtime.view;

import io.millrace.plan.Plan;
import io.millrace.runtime.Environment;
import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.spi.connector.Source;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Keeps a materialized view up to date. Its {@link #pump} is for one thread at a time; {@link #snapshot} and {@link
 * #source} are safe from any thread.
 */
public final class ViewTask implements AutoCloseable {

    private final MaterializedRows rows;
    private final Pump pump;

    private ViewTask(MaterializedRows rows, Pump pump) {
        this.rows = rows;
        this.pump = pump;
    }

    /**
     * Opens a view; parameters and errors as with {@link Pump#open}.
     *
     * @param log takes what changes in it
     * @param stopping whether nobody wants the view any more, asked from the thread that opens it, and steps
     */
    public static ViewTask open(
            String name,
            Plan plan,
            Environment environment,
            Path directory,
            PumpSettings settings,
            ChangeLog log,
            BooleanSupplier stopping) {
        MaterializedRows rows = new MaterializedRows(plan.rowType(), QueryName.of(plan), QueryName.earlier(plan), log);
        Pump pump = Pump.open(name, plan, environment, rows, directory, settings, stopping);
        log.reached(pump.status().rowtimeBound());
        return new ViewTask(rows, pump);
    }

    /** Returns the pump that brings the view up to date: call its {@link Pump#step}. */
    public Pump pump() {
        return pump;
    }

    public RowType rowType() {
        return rows.rowType();
    }

    /** Returns how many rows the view has. */
    public long rowCount() {
        return rows.rowCount();
    }

    /** Returns a copy of the view's rows at the end of a step, in no order. */
    public RowBatch snapshot() {
        return rows.snapshot();
    }

    /** Returns a copy of the view's rows at the end of a step, and where the changes after them begin. */
    public ViewContent content() {
        return rows.content();
    }

    /**
     * Returns the view's rows at the end of a step as the source of a bounded scan.
     *
     * @param columns the columns wanted, by name; the view's own, in any order
     */
    public Source source(RowType columns) {
        return new SnapshotSource(rows.snapshot(), columns);
    }

    @Override
    public void close() {
        pump.close();
    }
}
