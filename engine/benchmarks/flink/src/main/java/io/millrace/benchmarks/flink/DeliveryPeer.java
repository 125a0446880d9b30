package io.millrace.benchmarks.flink;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Runs statements on a local cluster of one slot, objects reused: {@code batch TAB STATEMENT;STATEMENT…}, or {@code
 * streaming} with a checkpoint each ten seconds. The last statement is an INSERT, and it is the one that is timed.
 */
public final class DeliveryPeer {

    private DeliveryPeer() {}

    /**
     * Answers until its input ends.
     *
     * @param arguments none that count
     */
    public static void main(String[] arguments) throws IOException {
        Requests.answer(DeliveryPeer::run);
    }

    private static long run(String mode, String statements) throws ExecutionException, InterruptedException {
        StreamTableEnvironment tables = environment(mode.equals("batch"));
        TableResult last = null;
        for (String statement : statements.split(";")) {
            last = tables.executeSql(statement);
        }
        if (last == null) {
            throw new IllegalArgumentException("no statement");
        }
        JobClient job = last.getJobClient().orElseThrow();
        return job.getJobExecutionResult().get().getNetRuntime();
    }

    private static StreamTableEnvironment environment(boolean batch) {
        Configuration settings = new Configuration();
        settings.setString("pipeline.object-reuse", "true");
        settings.setString("parallelism.default", "1");
        if (!batch) {
            settings.setString("execution.checkpointing.interval", "10 s");
        }
        EnvironmentSettings.Builder kind = EnvironmentSettings.newInstance().withConfiguration(settings);
        StreamTableEnvironment tables = StreamTableEnvironment.create(
                StreamExecutionEnvironment.createLocalEnvironment(1, settings),
                (batch ? kind.inBatchMode() : kind.inStreamingMode()).build());
        tables.getConfig().set("table.local-time-zone", "UTC");
        return tables;
    }
}
