package io.millrace.benchmarks.flink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;

/**
 * Requests on standard input, one a line: {@code WORD TAB TEXT}. Each is answered with {@code RESULT TAB net
 * milliseconds of the job TAB processor milliseconds of the process}, or {@code FAILED TAB why}.
 */
final class Requests {

    private Requests() {}

    /** What is asked for. */
    @FunctionalInterface
    interface Job {
        /** Runs to its end and returns how many milliseconds that took. */
        long run(String word, String text) throws ExecutionException, InterruptedException;
    }

    /** Answers until the input ends. */
    static void answer(Job job) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split("\t", 2);
            System.out.println(answer(job, parts[0], parts[1]));
            System.out.flush();
        }
    }

    private static String answer(Job job, String word, String text) {
        try {
            long cpu = processNanos();
            long millis = job.run(word, text);
            return "RESULT\t" + millis + "\t" + (processNanos() - cpu) / 1_000_000;
        } catch (RuntimeException | ExecutionException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return "FAILED\t" + String.valueOf(cause).replaceAll("\\s+", " ");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "FAILED\tinterrupted";
        }
    }

    private static long processNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
