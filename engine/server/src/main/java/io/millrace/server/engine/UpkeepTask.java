package io.millrace.server.engine;

import io.millrace.spi.connector.BreakableCalls;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.JavaValues;
import java.io.IOException;
import java.util.OptionalLong;

/** The upkeep of a delivery's table on a thread of its own, so that commits do not wait for it. */
final class UpkeepTask implements TaskThread.Task {

    private final String delivery;
    private final TableUpkeep upkeep;
    private final BreakableCalls calls;

    UpkeepTask(String delivery, TableUpkeep upkeep) {
        this.delivery = delivery;
        this.upkeep = upkeep;
        this.calls = new BreakableCalls("the upkeep of the table of delivery '" + delivery + "'");
    }

    @Override
    public boolean step() {
        try {
            return calls.run(upkeep::step);
        } catch (IOException e) {
            throw DiskErrors.of(e, "the table of delivery '" + delivery + "' is not kept in order");
        }
    }

    /** Work comes with time alone. */
    @Override
    public Subscription onAvailable(Runnable listener) {
        return () -> {};
    }

    @Override
    public OptionalLong wakeMicros() {
        return OptionalLong.of(JavaValues.micros(upkeep.nextDeadline()));
    }

    @Override
    public void cancel() {
        calls.cancel();
    }

    @Override
    public void close() {
        upkeep.close();
    }
}
