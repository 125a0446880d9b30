package io.millrace.server;

import io.millrace.server.aws.TableCatalog;
import io.millrace.server.engine.EngineSettings;
import io.millrace.server.engine.FunctionRights;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with.
 *
 * @param dataDirectory where all data lies
 * @param host address to listen on
 * @param awsPort port of the AWS door, 0 for any; likewise the next two
 * @param password password of user {@code millrace} on the doors to SQL, or null to trust whoever connects
 *     from this machine
 * @param tls how connections to the doors to SQL are encrypted
 * @param engine what the engine may use, and who may do what
 * @param buckets the URL of a bucket that Firehose's API names, with {@code {bucket}} in place of its name
 * @param functions the URL of a Lambda function, with {@code {function}} in place of its name; empty for none
 * @param tables where the tables are that Firehose's API names
 * @param account account in ARNs
 * @param region region in ARNs where the request's signature names none
 */
public record ServerSettings(
        Path dataDirectory,
        String host,
        int awsPort,
        int pgPort,
        int httpPort,
        @Nullable String password,
        Encryption tls,
        EngineSettings engine,
        String buckets,
        String functions,
        TableCatalog tables,
        String account,
        String region) {

    /**
     * How connections to the PostgreSQL and the HTTP door are encrypted.
     *
     * @param certificate {@code off}, {@code self-made}, or the file of a certificate
     * @param key file of its key where that is another, or null
     * @param password of the file, or null
     */
    public record Encryption(
            String certificate,
            @Nullable String key,
            @Nullable String password) {

        /** Tells no password. */
        @Override
        public String toString() {
            return "Encryption[" + certificate + "]";
        }
    }

    public static final int AWS_PORT = 4567;
    public static final int PG_PORT = 5433;
    public static final int HTTP_PORT = 8080;
    private static final int THREADS_MAX = 64;

    private static final Map<String, String> DEFAULTS = Map.of(
            "host",
            "127.0.0.1",
            "aws-port",
            String.valueOf(AWS_PORT),
            "pg-port",
            String.valueOf(PG_PORT),
            "http-port",
            String.valueOf(HTTP_PORT),
            "tls",
            "off",
            "java-functions",
            "millrace",
            "decode-threads",
            "auto",
            "workers",
            "auto",
            "account",
            "000000000000",
            "region",
            "us-east-1");

    /**
     * Makes settings of names and values; what is not given has its default.
     *
     * @param values {@code data}, {@code host}, {@code aws-port}, {@code pg-port}, {@code http-port}, {@code
     *     password}, {@code tls}, {@code tls-key}, {@code tls-password}, {@code java-functions}, {@code
     *     decode-threads}, {@code workers}, {@code query-memory}, {@code state-memory}, {@code spill-limit}, {@code firehose-buckets}, {@code
     *     firehose-functions}, {@code firehose-tables}, {@code account}, {@code region}
     * @throws MillraceException {@code INVALID_ARGUMENT} for an unknown name or a value out of its range
     */
    public static ServerSettings of(Map<String, String> values) {
        TreeSet<String> known = new TreeSet<>(DEFAULTS.keySet());
        known.add("data");
        known.addAll(List.of(
                "password",
                "tls-key",
                "tls-password",
                "firehose-buckets",
                "firehose-functions",
                "firehose-tables",
                "query-memory",
                "state-memory",
                "spill-limit"));
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw invalid("unknown setting '" + name + "'", "settings: " + String.join(", ", known));
            }
        }
        Map<String, String> all = new TreeMap<>(DEFAULTS);
        all.putAll(values);
        String data = all.get("data");
        if (data == null) {
            throw invalid("no data directory is given", "give --data DIR");
        }
        return new ServerSettings(
                Path.of(data),
                value(all, "host"),
                port(all, "aws-port"),
                port(all, "pg-port"),
                port(all, "http-port"),
                all.get("password"),
                new Encryption(value(all, "tls"), all.get("tls-key"), all.get("tls-password")),
                new EngineSettings(
                        FunctionRights.of(value(all, "java-functions")),
                        threads(all, "decode-threads", 0, EngineSettings.DEFAULT.decodeThreads()),
                        threads(all, "workers", 1, EngineSettings.DEFAULT.workers()),
                        size(all, "query-memory", EngineSettings.DEFAULT.queryMemoryBytes()),
                        size(all, "state-memory", EngineSettings.DEFAULT.stateMemoryBytes()),
                        size(all, "spill-limit", EngineSettings.SPILL_LIMIT_BYTES)),
                buckets(all, Path.of(data)),
                functions(all),
                all.containsKey("firehose-tables")
                        ? TableCatalog.of(value(all, "firehose-tables"))
                        : TableCatalog.IN_WAREHOUSE,
                value(all, "account"),
                value(all, "region"));
    }

    /** Reads names and values from a file of lines {@code name = value}. */
    public static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("cannot read configuration file " + file + ": " + e.getMessage(), "lines are: name = value");
        }
        Map<String, String> values = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> values.put(name, properties.getProperty(name).trim()));
        return values;
    }

    /** Tells no password. */
    @Override
    public String toString() {
        return "ServerSettings[" + dataDirectory + ", " + host + ", aws " + awsPort + ", pg " + pgPort + ", http "
                + httpPort + ", " + tls + "]";
    }

    private static String value(Map<String, String> values, String name) {
        return String.valueOf(values.get(name));
    }

    private static int port(Map<String, String> values, String name) {
        String text = value(values, name);
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw invalid(name + " is '" + text + "'", "give a number from 0 to 65535, 0 for any free port");
        }
        throw invalid(name + " is '" + text + "'", "give a number from 0 to 65535, 0 for any free port");
    }

    private static String buckets(Map<String, String> values, Path data) {
        String buckets = values.get("firehose-buckets");
        if (buckets == null) {
            // A URI of a folder ends with a slash once the folder is there.
            return data.toAbsolutePath().normalize().toUri().toString().replaceFirst("/*$", "") + "/buckets/{bucket}";
        }
        if (!buckets.contains("{bucket}")) {
            throw invalid(
                    "firehose-buckets is '" + buckets + "'", "give a URL with {bucket} in it, such as s3://{bucket}");
        }
        return buckets;
    }

    private static String functions(Map<String, String> values) {
        String functions = values.getOrDefault("firehose-functions", "");
        if (!functions.isEmpty() && !functions.matches("https?://.+")) {
            throw invalid(
                    "firehose-functions is '" + functions + "'",
                    "give a URL, such as http://127.0.0.1:9000/2015-03-31/functions/{function}/invocations");
        }
        return functions;
    }

    private static long size(Map<String, String> values, String name, long otherwise) {
        return values.containsKey(name)
                ? new Options(Map.of(name, value(values, name))).getBytes(name, otherwise)
                : otherwise;
    }

    private static int threads(Map<String, String> values, String name, int least, int auto) {
        String text = value(values, name);
        if (text.equals("auto")) {
            return auto;
        }
        try {
            int threads = Integer.parseInt(text);
            if (threads >= least && threads <= THREADS_MAX) {
                return threads;
            }
        } catch (NumberFormatException e) {
            throw threads(name, text, least);
        }
        throw threads(name, text, least);
    }

    private static MillraceException threads(String name, String text, int least) {
        return invalid(name + " is '" + text + "'", "give a number from " + least + " to " + THREADS_MAX + ", or auto");
    }

    private static MillraceException invalid(String message, String hint) {
        return new MillraceException(ErrorCode.INVALID_ARGUMENT, message, hint);
    }
}
