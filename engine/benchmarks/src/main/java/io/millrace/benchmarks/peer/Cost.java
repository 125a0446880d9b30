package io.millrace.benchmarks.peer;

import java.lang.management.ManagementFactory;

/**
 * What an answer took.
 *
 * @param seconds by the clock
 * @param processorSeconds of all threads of the process, those that compile and collect garbage among them
 */
public record Cost(double seconds, double processorSeconds) {

    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Work to be measured. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    public static Cost of(Work work) throws Exception {
        long started = System.nanoTime();
        long processor = PROCESS.getProcessCpuTime();
        work.run();
        return new Cost((System.nanoTime() - started) / 1e9, (PROCESS.getProcessCpuTime() - processor) / 1e9);
    }

    public Cost fasterOf(Cost other) {
        return processorSeconds <= other.processorSeconds ? this : other;
    }
}
