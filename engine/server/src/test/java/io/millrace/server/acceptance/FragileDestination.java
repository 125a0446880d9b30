package io.millrace.server.acceptance;

import io.millrace.server.MillraceServer;
import io.millrace.server.ServerSettings;
import io.millrace.server.crash.BucketServer;
import io.millrace.testing.connector.BlobServer;
import io.millrace.testing.connector.DocumentServer;
import io.millrace.testing.connector.FaultyProxy;
import io.millrace.testing.connector.FaultyProxy.Fault;
import io.millrace.testing.connector.FirehoseEndpoint;
import io.millrace.testing.connector.KafkaServer;
import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.connector.SearchServer;
import io.millrace.testing.connector.SplunkServer;
import io.millrace.testing.redshift.RedshiftDoor;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A destination of rows with an {@code id}, which can be taken away and given back. */
abstract class FragileDestination implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"id\": ?(\\d+)");

    private final @Nullable FaultyProxy proxy;
    private final AutoCloseable server;

    /**
     * Creates it.
     *
     * @param proxy what stands before it, or null where there is no such thing
     * @param server closed with this
     */
    FragileDestination(@Nullable FaultyProxy proxy, AutoCloseable server) {
        this.proxy = proxy;
        this.server = server;
    }

    /** Returns what a delivery says of it, up to where other options may follow. */
    abstract String to();

    /** Takes it away. */
    void go() throws Exception {
        proxy().have(Fault.GONE);
    }

    /** Gives it back. */
    void comeBack() throws Exception {
        proxy().have(Fault.NONE);
    }

    /** Returns the ids of the rows that it has. */
    abstract List<Integer> ids() throws Exception;

    FaultyProxy proxy() {
        if (proxy == null) {
            throw new IllegalStateException("nothing stands before it");
        }
        return proxy;
    }

    @Override
    public void close() throws IOException {
        try {
            if (proxy != null) {
                proxy.close();
            }
            server.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a server was ended", e);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("a server could not be ended", e);
        }
    }

    /** Returns the ids of rows in JSON. */
    static List<Integer> ids(Stream<String> records) {
        List<Integer> ids = new ArrayList<>();
        records.forEach(record -> {
            Matcher id = ID.matcher(record);
            while (id.find()) {
                ids.add(Integer.valueOf(id.group(1)));
            }
        });
        return ids;
    }

    /** An endpoint of Data Firehose's protocol. */
    static FragileDestination http(String timeout) throws Exception {
        FirehoseEndpoint endpoint = new FirehoseEndpoint();
        FaultyProxy proxy = new FaultyProxy(URI.create(endpoint.url()));
        return new FragileDestination(proxy, endpoint) {
            @Override
            String to() {
                return "TO 'http://127.0.0.1:" + proxy.port() + "/intake?v=1' WITH (request_timeout = '" + timeout
                        + "'";
            }

            @Override
            List<Integer> ids() {
                return FragileDestination.ids(endpoint.records().stream());
            }
        };
    }

    static FragileDestination splunk(String timeout) throws Exception {
        SplunkServer splunk = new SplunkServer(1 << 20);
        FaultyProxy proxy = new FaultyProxy(URI.create(splunk.url().substring("splunk+".length())));
        return new FragileDestination(proxy, splunk) {
            @Override
            String to() {
                return "TO 'splunk+http://127.0.0.1:" + proxy.port() + "' WITH (token = 'token', request_timeout = '"
                        + timeout + "'";
            }

            @Override
            List<Integer> ids() {
                return FragileDestination.ids(splunk.indexed().stream());
            }
        };
    }

    static FragileDestination openSearch(String timeout) throws Exception {
        SearchServer search = new SearchServer(1 << 20);
        FaultyProxy proxy = new FaultyProxy(URI.create(search.url("rows").substring("opensearch+".length())));
        return new FragileDestination(proxy, search) {
            @Override
            String to() {
                return "TO 'opensearch+http://127.0.0.1:" + proxy.port() + "/rows' WITH (request_timeout = '" + timeout
                        + "'";
            }

            @Override
            List<Integer> ids() {
                return FragileDestination.ids(search.documents("rows").values().stream());
            }
        };
    }

    /** A PostgreSQL, which goes as in a crash. */
    static FragileDestination postgres(String timeout) throws Exception {
        PostgresServer database = PostgresServer.start();
        database.execute("CREATE TABLE target (id integer)");
        FaultyProxy proxy = new FaultyProxy(
                URI.create(database.url().substring("jdbc:".length()).replace("?user=millrace", "")));
        return new FragileDestination(proxy, database) {
            @Override
            String to() {
                return "TO 'jdbc:postgresql://127.0.0.1:" + proxy.port()
                        + "/postgres' WITH (table = 'target', user = 'millrace', timeout = '" + timeout + "'";
            }

            @Override
            void go() throws Exception {
                database.kill();
            }

            @Override
            void comeBack() throws Exception {
                database.restart();
                database.connect().close();
            }

            @Override
            List<Integer> ids() throws Exception {
                return database.rows("SELECT id FROM target").stream()
                        .map(Integer::valueOf)
                        .toList();
            }
        };
    }

    /** What stands for Redshift, with its bucket. */
    static FragileDestination redshift(String timeout) throws Exception {
        PostgresServer database = PostgresServer.start();
        database.execute(RedshiftDoor.SCHEMA.toArray(String[]::new));
        database.execute("CREATE TABLE target (id int)");
        BucketServer bucket = new BucketServer(new Random(1));
        RedshiftDoor door = new RedshiftDoor(database.port(), bucket.endpoint());
        FaultyProxy proxy = new FaultyProxy(URI.create(door.url()));
        AutoCloseable all = () -> {
            door.close();
            bucket.close();
            database.close();
        };
        return new FragileDestination(proxy, all) {
            @Override
            String to() {
                return "TO 'redshift://127.0.0.1:" + proxy.port()
                        + "/postgres?sslmode=disable' WITH (\"table\" = 'target', user ="
                        + " 'millrace', staging = 's3://lake/staged', endpoint = '" + bucket.endpoint()
                        + "', region = 'us-east-1', access_key_id = 'id', secret_access_key = 'secret', timeout = '"
                        + timeout + "'";
            }

            @Override
            void go() throws Exception {
                database.kill();
            }

            @Override
            void comeBack() throws Exception {
                database.restart();
                database.connect().close();
            }

            @Override
            List<Integer> ids() throws Exception {
                return database.rows("SELECT id FROM target").stream()
                        .map(Integer::valueOf)
                        .toList();
            }
        };
    }

    static FragileDestination bucket(String attempts) throws Exception {
        BucketServer bucket = new BucketServer(new Random(1));
        FaultyProxy proxy = new FaultyProxy(URI.create(bucket.endpoint()));
        return new FragileDestination(proxy, bucket) {
            @Override
            String to() {
                return "TO 's3://lake/rows/' WITH (endpoint = 'http://127.0.0.1:" + proxy.port()
                        + "', region = 'us-east-1', access_key_id = 'id', secret_access_key = 'secret', format ="
                        + " 'json', attempts = '" + attempts + "'";
            }

            @Override
            List<Integer> ids() {
                return FragileDestination.ids(bucket.lines("rows/").stream());
            }
        };
    }

    /** A container of Azurite. */
    static FragileDestination container(String attempts) throws Exception {
        BlobServer azurite = BlobServer.require();
        FaultyProxy proxy = new FaultyProxy(URI.create(azurite.endpoint()));
        return new FragileDestination(proxy, azurite) {
            @Override
            String to() {
                return "TO 'azure://lake/rows/' WITH (" + BlobServer.options(azurite.endpoint(proxy.port()))
                        + ", format = 'json', attempts = '" + attempts + "'";
            }

            @Override
            List<Integer> ids() {
                return FragileDestination.ids(azurite.blobs("rows/").values().stream()
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8)));
            }
        };
    }

    /** A collection of what speaks MongoDB's protocol. */
    static FragileDestination documents(String timeout) throws Exception {
        DocumentServer documents = new DocumentServer();
        URI url = URI.create(documents.url());
        FaultyProxy proxy = new FaultyProxy(url);
        return new FragileDestination(proxy, documents) {
            @Override
            String to() {
                return "TO 'mongodb://127.0.0.1:" + proxy.port() + url.getPath()
                        + "' WITH (collection = 'rows', timeout = '" + timeout + "'";
            }

            @Override
            List<Integer> ids() {
                return FragileDestination.ids(documents.documents("rows").stream());
            }
        };
    }

    /** A stream of another server. */
    static FragileDestination stream(Path directory, String timeout) throws Exception {
        MillraceServer other = MillraceServer.start(ServerSettings.of(Map.of(
                "data", directory.resolve("other").toString(), "aws-port", "0", "pg-port", "0", "http-port", "0")));
        String jdbc = "jdbc:postgresql://127.0.0.1:" + other.pgPort() + "/millrace?user=millrace";
        try (Connection connection = DriverManager.getConnection(jdbc);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM rows_there (id INTEGER)");
        }
        FaultyProxy proxy = new FaultyProxy(URI.create("http://127.0.0.1:" + other.awsPort()));
        return new FragileDestination(proxy, other) {
            @Override
            String to() {
                return "TO 'kinesis://rows_there' WITH (endpoint = 'http://127.0.0.1:" + proxy.port()
                        + "', access_key_id = 'id', secret_access_key = 'secret', attempts = 1, timeout = '" + timeout
                        + "'";
            }

            @Override
            List<Integer> ids() throws Exception {
                return PostgresServer.rows(jdbc, "SELECT id FROM rows_there").stream()
                        .map(Integer::valueOf)
                        .toList();
            }
        };
    }

    /** A topic, which goes with all that is in it. */
    static FragileDestination kafka(String timeout) throws Exception {
        KafkaServer kafka = KafkaServer.start();
        kafka.create("rows", 1, Map.of());
        List<Integer> before = new ArrayList<>();
        return new FragileDestination(null, kafka) {
            @Override
            String to() {
                return "TO '" + kafka.url("rows") + "' WITH (timeout = '" + timeout + "'";
            }

            @Override
            void go() throws Exception {
                before.addAll(there());
                kafka.delete("rows");
            }

            @Override
            void comeBack() throws Exception {
                kafka.create("rows", 1, Map.of());
            }

            private List<Integer> there() {
                return FragileDestination.ids(kafka.records("rows").stream()
                        .map(record -> new String(record.value(), StandardCharsets.UTF_8)));
            }

            @Override
            List<Integer> ids() {
                List<Integer> all = new ArrayList<>(before);
                all.addAll(there());
                return all;
            }
        };
    }
}
