package io.millrace.server.acceptance;

import io.millrace.server.crash.BucketServer;
import io.millrace.server.crash.DeltaTables;
import io.millrace.server.crash.IcebergTables;
import io.millrace.testing.connector.BlobServer;
import io.millrace.testing.connector.FaultyProxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A folder with files of rows, or with a table's, which goes as a disk does that is no longer mounted. */
abstract class FragileFolder extends FragileDestination {

    private final Path folder;
    private final Path away;

    private FragileFolder(Path folder) {
        super(null, () -> {});
        this.folder = folder;
        this.away = folder.resolveSibling("away");
    }

    @Override
    void go() throws Exception {
        Files.move(folder, away);
        Files.writeString(folder, "in the way");
    }

    @Override
    void comeBack() throws Exception {
        Files.delete(folder);
        Files.move(away, folder);
    }

    private static List<Integer> numbers(List<String> ids) {
        return ids.stream().map(Integer::valueOf).toList();
    }

    static FragileDestination files(Path directory) {
        Path lake = directory.resolve("lake");
        return new FragileFolder(lake) {
            @Override
            String to() {
                return "TO '" + lake.toUri() + "' WITH (format = 'json'";
            }

            @Override
            List<Integer> ids() throws Exception {
                return FragileDestination.ids(TestFiles.lines(lake).stream());
            }
        };
    }

    static FragileDestination iceberg(Path directory) {
        Path lake = directory.resolve("lake");
        return new FragileFolder(lake.resolve("market/rows")) {
            @Override
            String to() {
                return "TO 'iceberg:market.rows' WITH (warehouse = '" + lake.toUri() + "'";
            }

            @Override
            List<Integer> ids() throws Exception {
                return numbers(new IcebergTables(lake).rows("market.rows", "id", "id"));
            }
        };
    }

    static FragileDestination delta(Path directory) {
        Path table = directory.resolve("lake");
        return new FragileFolder(table) {
            @Override
            String to() {
                return "TO 'delta:" + table.toUri() + "' WITH (checkpoint_interval = 5";
            }

            @Override
            List<Integer> ids() throws Exception {
                return numbers(new DeltaTables(table).rows("id", "id"));
            }
        };
    }

    /** A table in a bucket, which goes as the others do that a proxy stands before. */
    static FragileDestination deltaInBucket(Path directory) throws Exception {
        BucketServer bucket = new BucketServer(new Random(1));
        FaultyProxy proxy = new FaultyProxy(URI.create(bucket.endpoint()));
        return new FragileDestination(proxy, bucket) {
            @Override
            String to() {
                return "TO 'delta:s3://" + BucketServer.NAME + "/rows' WITH (endpoint = 'http://127.0.0.1:"
                        + proxy.port() + "', region = 'us-east-1', access_key_id = 'id', secret_access_key = 'secret',"
                        + " attempts = 1, checkpoint_interval = 5";
            }

            @Override
            List<Integer> ids() throws Exception {
                Path copy = Files.createTempDirectory(directory, "rows");
                bucket.copy("rows/", copy);
                return numbers(new DeltaTables(copy).rows("id", "id"));
            }
        };
    }

    /** Likewise in a container of Azurite. */
    static FragileDestination deltaInContainer(Path directory) throws Exception {
        BlobServer azurite = BlobServer.require();
        FaultyProxy proxy = new FaultyProxy(URI.create(azurite.endpoint()));
        return new FragileDestination(proxy, azurite) {
            @Override
            String to() {
                return "TO 'delta:azure://lake/rows' WITH (" + BlobServer.options(azurite.endpoint(proxy.port()))
                        + ", attempts = 1, checkpoint_interval = 5";
            }

            @Override
            List<Integer> ids() throws Exception {
                Path copy = Files.createTempDirectory(directory, "rows");
                azurite.copy("rows/", copy);
                return numbers(new DeltaTables(copy).rows("id", "id"));
            }
        };
    }
}
