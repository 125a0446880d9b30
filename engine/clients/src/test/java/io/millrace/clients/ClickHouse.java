package io.millrace.clients;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** ClickHouse 26.7 as a library of Node, in a process of its own: queries are gathered, and done in one run. */
final class ClickHouse {

    private static final String PACKAGES = "chdb";

    private final Path directory;
    private final List<String> queries = new ArrayList<>();

    private ClickHouse(Path directory) {
        this.directory = directory;
    }

    /**
     * Goes on where it is there; see {@link Program#require}.
     *
     * @param directory what it reads is below it
     */
    static ClickHouse require(Path directory) throws InterruptedException {
        NodeModules.require(PACKAGES, "chdb@3.4.0");
        return new ClickHouse(directory);
    }

    /** Asks for the rows of a query on one line, in a format of ClickHouse's; returns where they will be. */
    Path query(String format, String sql) {
        Path out = directory.resolve("clickhouse-" + queries.size());
        queries.add(String.join("\t", out.toString(), format, sql));
        return out;
    }

    /** Does all that was asked for. */
    void run() throws IOException, InterruptedException {
        NodeModules.node(PACKAGES, program().toString(), directory.toString())
                .with("TZ", "UTC")
                .input(String.join("\n", queries) + "\n")
                .within(600)
                .run();
    }

    private Path program() throws IOException {
        try (InputStream in = Objects.requireNonNull(ClickHouse.class.getResourceAsStream("clickhouse.js"))) {
            return Files.write(directory.resolve("clickhouse.js"), in.readAllBytes());
        }
    }
}
