package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The real psql; a test that needs it is skipped where there is none. */
final class Psql {

    private Psql() {}

    /** Starts it with a script as its input; what it prints, errors included, is the process's output. */
    static Process start(InetSocketAddress address, Map<String, String> environment, String script) throws IOException {
        assumeTrue(installed(), "psql is not on the PATH");
        ProcessBuilder builder = new ProcessBuilder(
                "psql",
                "-X",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(address.getPort()),
                "-U",
                "millrace",
                "-d",
                "millrace");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("PGCONNECT_TIMEOUT", "10");
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        Process psql = builder.start();
        psql.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
        psql.getOutputStream().close();
        // Reading its output cannot be interrupted, so that a psql that hangs is ended from outside.
        CompletableFuture.delayedExecutor(20, TimeUnit.SECONDS).execute(psql::destroyForcibly);
        return psql;
    }

    /** Runs a script and returns what psql prints. */
    static String run(InetSocketAddress address, String script) throws IOException, InterruptedException {
        return run(address, Map.of(), script);
    }

    static String run(InetSocketAddress address, Map<String, String> environment, String script)
            throws IOException, InterruptedException {
        Process psql = start(address, environment, script);
        try {
            String output = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(psql.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return output;
        } finally {
            psql.destroyForcibly();
        }
    }

    private static boolean installed() {
        try {
            return new ProcessBuilder("psql", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
