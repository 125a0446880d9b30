package io.millrace.benchmarks.program;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** Repeats a piece of work and keeps the median rate. */
final class Rounds {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 3;
    private static final int COUNTED = 7;

    private Rounds() {}

    /** Work that says how many things it did. */
    interface Work {
        long run() throws Exception;
    }

    /** Returns the median of things per second, in millions, over the counted rounds. */
    static double millionsPerSecond(Work work) throws Exception {
        return median(work, System::nanoTime);
    }

    /**
     * Returns the median of things per second of this thread's processor time, in millions: what one core does,
     * whatever else the machine is doing. For work that stays in the calling thread.
     */
    static double millionsPerCpuSecond(Work work) throws Exception {
        return median(work, THREADS::getCurrentThreadCpuTime);
    }

    private static double median(Work work, LongSupplier nanos) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            work.run();
        }
        double[] rates = new double[COUNTED];
        for (int i = 0; i < COUNTED; i++) {
            long started = nanos.getAsLong();
            long count = work.run();
            rates[i] = count * 1e3 / (nanos.getAsLong() - started);
        }
        Arrays.sort(rates);
        return rates[COUNTED / 2];
    }
}
