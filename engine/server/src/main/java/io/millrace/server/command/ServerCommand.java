package io.millrace.server.command;

import io.millrace.server.MillraceServer;
import io.millrace.server.ServerSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server until it is told to stop. */
@Command(
        name = "server",
        description = "Runs the server: an AWS door for SDKs, a PostgreSQL door for SQL, an HTTP door.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nWhen all doors answer it prints one line, and stops cleanly on Ctrl-C or SIGTERM:%n",
        footer = "  ready aws=127.0.0.1:4567 pg=127.0.0.1:5433 http=127.0.0.1:8080")
final class ServerCommand implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "Where all data lies; made where it is missing.")
    private @Nullable String data;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--aws-port", paramLabel = "PORT", description = "Port of the AWS door (4567; 0: any free one).")
    private @Nullable String awsPort;

    @Option(names = "--pg-port", paramLabel = "PORT", description = "Port of the PostgreSQL door (5433).")
    private @Nullable String pgPort;

    @Option(names = "--http-port", paramLabel = "PORT", description = "Port of the HTTP door (8080).")
    private @Nullable String httpPort;

    @Option(
            names = "--tls",
            paramLabel = "FILE",
            description = "Certificate of the PostgreSQL door: a PKCS #12 or PEM file, 'self-made', or 'off' (off).")
    private @Nullable String tls;

    @Option(
            names = "--java-functions",
            paramLabel = "USERS",
            description =
                    "Who may CREATE FUNCTION … USING JAR, which is to run programs as the server: names with commas,"
                            + " 'all' or 'none' (millrace).")
    private @Nullable String javaFunctions;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings as lines 'name = value': the options above without dashes, and password, "
                    + "tls-key, tls-password, account, region. Options win.")
    private @Nullable Path config;

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> values = new TreeMap<>();
        if (config != null) {
            values.putAll(ServerSettings.read(config));
        }
        put(values, "data", data);
        put(values, "host", host);
        put(values, "aws-port", awsPort);
        put(values, "pg-port", pgPort);
        put(values, "http-port", httpPort);
        put(values, "tls", tls);
        put(values, "java-functions", javaFunctions);
        MillraceServer server = MillraceServer.start(ServerSettings.of(values));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                            // Told to stop and stopped: that is success, whatever signal it was told with.
                            Runtime.getRuntime().halt(0);
                        },
                        "shutdown"));
        System.out.println(server.readyLine());
        System.out.flush();
        stopped.await();
        return 0;
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
