package io.millrace.benchmarks.flink;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Runs Nexmark's queries on a local cluster of two slots: objects reused, small batches on, rows thrown away. State is
 * on the heap, or in RocksDB, of which checkpoints take what is new. A request is {@code FORMAT TAB QUERY}.
 */
public final class FlinkPeer {

    private static final int SLOTS = 2;
    private static final String WATERMARK = ", WATERMARK FOR date_time AS date_time - INTERVAL '4' SECOND";
    private static final List<String> TABLES = List.of(
            "person (id BIGINT, name STRING, email_address STRING, credit_card STRING, city STRING, state STRING,"
                    + " date_time TIMESTAMP(3), extra STRING" + WATERMARK + ")",
            "auction (id BIGINT, item_name STRING, description STRING, initial_bid BIGINT, reserve BIGINT,"
                    + " date_time TIMESTAMP(3), expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING"
                    + WATERMARK + ")",
            "bid (auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, date_time TIMESTAMP(3),"
                    + " extra STRING, p_time AS PROCTIME()" + WATERMARK + ")",
            "side_input (id BIGINT, label STRING)");

    private final String folder;
    private final long checkpointMillis;
    private final String state;

    private FlinkPeer(String folder, long checkpointMillis, String state) {
        this.folder = folder;
        this.checkpointMillis = checkpointMillis;
        this.state = state;
    }

    /**
     * Answers until its input ends.
     *
     * @param arguments the folder with the files; how many milliseconds are between checkpoints, 0 for none;
     *     where state is, {@code hashmap} or {@code rocksdb}
     */
    public static void main(String[] arguments) throws IOException {
        FlinkPeer peer = new FlinkPeer(arguments[0], Long.parseLong(arguments[1]), arguments[2]);
        Requests.answer(peer::run);
    }

    private long run(String format, String sql) throws ExecutionException, InterruptedException {
        StreamTableEnvironment tables = environment();
        for (String table : TABLES) {
            String name = table.substring(0, table.indexOf(' '));
            tables.executeSql(String.format(
                    Locale.ROOT,
                    "CREATE TEMPORARY TABLE %s WITH ('connector' = 'filesystem', 'path' = '%s/%s/%s', 'format' = '%s')",
                    table,
                    folder,
                    format,
                    name,
                    format));
        }
        Table query = tables.sqlQuery(sql);
        TableDescriptor nowhere = TableDescriptor.forConnector("blackhole")
                .schema(Schema.newBuilder()
                        .fromRowDataType(query.getResolvedSchema().toPhysicalRowDataType())
                        .build())
                .build();
        JobClient job = query.executeInsert(nowhere).getJobClient().orElseThrow();
        JobExecutionResult result = job.getJobExecutionResult().get();
        return result.getNetRuntime();
    }

    private StreamTableEnvironment environment() {
        Configuration settings = new Configuration();
        settings.setString("pipeline.object-reuse", "true");
        settings.setString("state.backend.type", state);
        if (state.equals("rocksdb")) {
            settings.setString("state.backend.rocksdb.localdir", folder + "/flink-state");
            // For both slots; RocksDB's caches and tables are there. The usual 128 MB would have it read from disk.
            settings.setString("taskmanager.memory.managed.size", "2g");
            settings.setString("execution.checkpointing.incremental", "true");
        }
        if (checkpointMillis > 0) {
            settings.setString("execution.checkpointing.interval", checkpointMillis + " ms");
            settings.setString("execution.checkpointing.storage", "filesystem");
            settings.setString("execution.checkpointing.dir", "file://" + folder + "/flink-checkpoints");
        }
        settings.setString("taskmanager.memory.network.max", "256m");
        settings.setString("taskmanager.memory.network.min", "256m");
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(StreamExecutionEnvironment.createLocalEnvironment(SLOTS, settings));
        tables.getConfig().set("table.exec.mini-batch.enabled", "true");
        tables.getConfig().set("table.exec.mini-batch.allow-latency", "2 s");
        tables.getConfig().set("table.exec.mini-batch.size", "50000");
        tables.getConfig().set("table.local-time-zone", "UTC");
        return tables;
    }
}
