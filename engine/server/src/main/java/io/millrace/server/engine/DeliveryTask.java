package io.millrace.server.engine;

import io.millrace.delivery.Delivery;
import io.millrace.delivery.transform.ColumnsOutgrownException;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A delivery on its thread. It keeps its stream's log from dropping what it has not delivered. */
final class DeliveryTask implements TaskThread.Task {

    /** After how many steps without a pause the log is told what is no longer needed. */
    private static final int STEPS_HELD_MAX = 1000;

    private final Delivery delivery;
    private final Source source;
    private final String stream;
    private final LogHolds holds;
    private final Consumer<RowType> outgrown;
    private int stepsSinceHeld;

    /** @param outgrown gives the delivery's table other columns */
    DeliveryTask(Delivery delivery, Source source, String stream, LogHolds holds, Consumer<RowType> outgrown) {
        this.delivery = delivery;
        this.source = source;
        this.stream = stream;
        this.holds = holds;
        this.outgrown = outgrown;
        hold();
    }

    @Override
    public boolean step() {
        boolean worked = stepOrGrow();
        if (!worked || ++stepsSinceHeld >= STEPS_HELD_MAX) {
            stepsSinceHeld = 0;
            hold();
        }
        return worked;
    }

    private boolean stepOrGrow() {
        try {
            return delivery.step();
        } catch (ColumnsOutgrownException e) {
            outgrown.accept(e.columns());
            throw new TaskThread.ReopenedException("its table has other columns");
        }
    }

    private void hold() {
        Map<String, Long> safe = new HashMap<>();
        source.splits().forEach(split -> safe.put(split, delivery.safePosition(split)));
        holds.hold(Map.of(stream, safe));
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return source.onAvailable(listener);
    }

    @Override
    public OptionalLong wakeMicros() {
        Instant deadline = delivery.nextDeadline();
        return deadline == null ? OptionalLong.empty() : OptionalLong.of(JavaValues.micros(deadline));
    }

    @Override
    public void cancel() {
        delivery.cancel();
    }

    @Override
    public void close() {
        try {
            delivery.close();
        } catch (IOException e) {
            throw DiskErrors.of(e, "delivery of '" + stream + "' cannot be closed");
        }
    }
}
