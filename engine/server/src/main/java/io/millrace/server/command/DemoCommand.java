package io.millrace.server.command;

import io.millrace.server.MillraceServer;
import io.millrace.server.ServerSettings;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows all of it at once: a stream, a pump, live results, Parquet in a folder. */
@Command(
        name = "demo",
        description = "Starts a server, feeds it made-up stock trades, and shows what SQL makes of them as it happens.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the demo keeps its data and goes on the next time (${DEFAULT-VALUE}).",
            defaultValue = "millrace-demo")
    private Path data = Path.of("millrace-demo");

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Trades a second (${DEFAULT-VALUE}).",
            defaultValue = "200")
    private int rate = 200;

    @Option(names = "--for", paramLabel = "SECONDS", description = "Stop by itself after so long.")
    private @Nullable Long seconds;

    @Override
    public Integer call() throws InterruptedException {
        if (rate < 1 || rate > 100_000) {
            throw new MillraceException(ErrorCode.INVALID_ARGUMENT, "--rate is " + rate, "give 1 to 100000");
        }
        MillraceServer server = start();
        Demo demo = new Demo(server, data.toAbsolutePath().normalize(), rate, System.out);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            demo.stop();
                            await(closed);
                        },
                        "shutdown"));
        demo.run(seconds == null ? Duration.ofDays(3650) : Duration.ofSeconds(seconds));
        server.close();
        System.out.println("stopped; 'millrace demo' goes on from here");
        closed.countDown();
        return 0;
    }

    private static void await(CountDownLatch closed) {
        try {
            if (!closed.await(20, TimeUnit.SECONDS)) {
                System.err.println("millrace: stopping took too long; nothing acknowledged is lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The usual ports where they are free, else any. */
    private MillraceServer start() {
        Map<String, String> values = new TreeMap<>(Map.of("data", data.toString()));
        try {
            return MillraceServer.start(ServerSettings.of(values));
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.IN_USE || !String.valueOf(e.getMessage()).contains("listen")) {
                throw e;
            }
            values.putAll(Map.of("aws-port", "0", "pg-port", "0", "http-port", "0"));
            return MillraceServer.start(ServerSettings.of(values));
        }
    }
}
