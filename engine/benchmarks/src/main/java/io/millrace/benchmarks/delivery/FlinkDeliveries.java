package io.millrace.benchmarks.delivery;

import io.millrace.benchmarks.peer.Cost;
import io.millrace.benchmarks.peer.FlinkProcess;
import java.io.IOException;
import java.nio.file.Path;

/** Flink's file sink, which gets the rows of a file of JSON. For one thread. */
final class FlinkDeliveries implements AutoCloseable {

    private static final String COLUMNS = "(id BIGINT, `at` TIMESTAMP(6), account STRING, symbol STRING, note STRING,"
            + " price DOUBLE, quantity INT, buy BOOLEAN)";

    private final FlinkProcess flink;
    private final Path json;

    private FlinkDeliveries(FlinkProcess flink, Path json) {
        this.flink = flink;
        this.json = json;
    }

    static FlinkDeliveries start(Path directory, Path json) throws IOException {
        return new FlinkDeliveries(FlinkProcess.start("DeliveryPeer", directory, Path.of("bench-flink.log")), json);
    }

    /**
     * Returns what a delivery of the JSON file to Parquet in a folder took.
     *
     * @param mode {@code batch}, or {@code streaming} with a checkpoint each ten seconds, at which files are ended
     */
    Cost deliver(String mode, Path target) throws IOException {
        return flink.run(
                mode,
                "CREATE TEMPORARY TABLE orders_json " + COLUMNS
                        + " WITH ('connector' = 'filesystem', 'format' = 'json', 'path' = '" + json.toUri() + "');"
                        + "CREATE TEMPORARY TABLE delivered " + COLUMNS
                        + " WITH ('connector' = 'filesystem', 'format' = 'parquet', 'path' = '" + target.toUri()
                        + "', 'parquet.compression' = 'ZSTD', 'parquet.write.int64.timestamp' = 'true',"
                        + " 'parquet.timestamp.time.unit' = 'micros', 'parquet.utc-timezone' = 'true',"
                        + " 'sink.rolling-policy.file-size' = '10GB');"
                        + "INSERT INTO delivered SELECT * FROM orders_json");
    }

    @Override
    public void close() throws IOException {
        flink.close();
    }
}
