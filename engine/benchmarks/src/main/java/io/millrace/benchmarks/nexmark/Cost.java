package io.millrace.benchmarks.nexmark;

import java.lang.management.ManagementFactory;

/**
 * What an answer took.
 *
 * @param seconds by the clock
 * @param processorSeconds of all threads of the process, those that compile and collect garbage among them
 */
record Cost(double seconds, double processorSeconds) {

    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Work to be measured. */
    interface Work {
        void run() throws Exception;
    }

    static Cost of(Work work) throws Exception {
        long started = System.nanoTime();
        long processor = PROCESS.getProcessCpuTime();
        work.run();
        return new Cost((System.nanoTime() - started) / 1e9, (PROCESS.getProcessCpuTime() - processor) / 1e9);
    }

    Cost fasterOf(Cost other) {
        return processorSeconds <= other.processorSeconds ? this : other;
    }
}
