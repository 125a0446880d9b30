package io.millrace.server.engine;

import io.millrace.runtime.pump.Pump;
import io.millrace.spi.log.ShardLog.Subscription;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A pump on its thread. It keeps the logs it reads from dropping what it would have to read again. */
final class PumpTask implements TaskThread.Task {

    /** After how many steps without a pause the logs are told what is no longer needed. */
    private static final int STEPS_HELD_MAX = 1000;

    private final Pump pump;
    private final LogHolds holds;
    private final Consumer<Pump> opened;
    private int stepsSinceHeld;

    /**
     * Takes over an open pump.
     *
     * @param opened is told of the pump, so that its status can be shown
     */
    PumpTask(Pump pump, LogHolds holds, Consumer<Pump> opened) {
        this.pump = pump;
        this.holds = holds;
        this.opened = opened;
        holds.hold(pump.safePositions());
        this.opened.accept(pump);
    }

    @Override
    public boolean step() {
        boolean worked = pump.step();
        if (!worked || ++stepsSinceHeld >= STEPS_HELD_MAX) {
            stepsSinceHeld = 0;
            holds.hold(pump.safePositions());
        }
        return worked;
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return pump.onAvailable(listener);
    }

    @Override
    public OptionalLong wakeMicros() {
        return pump.wakeMicros();
    }

    @Override
    public void cancel() {
        pump.cancel();
    }

    @Override
    public void close() {
        pump.close();
        holds.hold(pump.safePositions());
    }
}
