package io.millrace.benchmarks.nexmark;

import io.millrace.benchmarks.peer.Cost;
import io.millrace.benchmarks.peer.DuckDbPeer;
import io.millrace.benchmarks.peer.FlinkProcess;
import io.millrace.benchmarks.program.Measurement;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.statement.Prepared;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long Nexmark's questions take, beside Flink, which goes on as a pump does, and DuckDB, which ends as a SELECT
 * does. A line of the table is measured at a time, so that what else the machine does is the same for all of it.
 */
public final class NexmarkMeasurement implements Measurement {

    private final NexmarkOptions options;

    public NexmarkMeasurement() {
        this(NexmarkOptions.USUAL);
    }

    private NexmarkMeasurement(NexmarkOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "nexmark";
    }

    @Override
    public String what() {
        return "Nexmark's 24 questions over --events 10000000 [--queries q0,q1] --from json,typed, seconds by the"
            + " clock and processor seconds of the process; peers: --peer flink,duckdb; the best of --rounds 1;"
            + " --workers 2; --checkpoints 1s stores the state of what goes on so often, Flink's as well, which is in"
            + " --flink-state rocksdb, or hashmap; without checkpoints in a hashmap";
    }

    @Override
    public Measurement with(Map<String, String> given) {
        return new NexmarkMeasurement(NexmarkOptions.of(given));
    }

    @Override
    public boolean prints() {
        return true;
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        EventBatches batches = new EventBatches(Events.USUAL, options.events());
        List<Figure> figures = new ArrayList<>();
        if (!options.peers().isEmpty()) {
            NexmarkFiles.parquet(directory.resolve("parquet"), batches);
            if (options.forms().contains("json")) {
                NexmarkFiles.json(directory.resolve("json"), batches);
            }
        }
        try (Peers peers = Peers.start(options, directory)) {
            for (String form : options.forms()) {
                try (NexmarkEngine engine = NexmarkEngine.load(
                        directory.resolve("millrace-" + form), batches, form.equals("json"), options.workers())) {
                    measure(form, engine, new States(directory.resolve("state-" + form)), peers, figures);
                }
            }
        }
        return figures;
    }

    private void measure(String form, NexmarkEngine engine, States states, Peers peers, List<Figure> figures)
            throws Exception {
        NexmarkTable table = new NexmarkTable(form, options);
        String files = form.equals("json") ? "json" : "parquet";
        for (NexmarkQuery query : options.queries()) {
            Map<String, Cost> costs = new LinkedHashMap<>();
            Consumer<Figure> more = figure -> figures.add(
                    new Figure(query.name() + " " + form + ": " + figure.subject(), figure.value(), figure.unit()));
            put(costs, NexmarkTable.GOES_ON, goingOn(engine, states, query, more));
            put(costs, NexmarkTable.FLINK, peers.flink(files, query, options.rounds()));
            put(costs, NexmarkTable.ENDS, options.durable() ? null : drain(engine, query.sql(), more));
            put(costs, NexmarkTable.DUCKDB, peers.duckDb(files, query, options.rounds()));
            table.print(query, costs);
            costs.forEach((who, cost) -> {
                figures.add(new Figure(query.name() + " " + form + ": " + who, cost.seconds(), "s"));
                figures.add(new Figure(
                        query.name() + " " + form + ": " + who + ", processor", cost.processorSeconds(), "s"));
            });
        }
        table.printMeans();
    }

    private static void put(Map<String, Cost> costs, String who, @Nullable Cost cost) {
        if (cost != null) {
            costs.put(who, cost);
        }
    }

    private @Nullable Cost goingOn(NexmarkEngine engine, States states, NexmarkQuery query, Consumer<Figure> figures)
            throws Exception {
        try {
            return options.durable()
                    ? pumped(engine, states, query, figures)
                    : drain(engine, query.streaming(), figures);
        } catch (MillraceException e) {
            System.out.println("  " + query.name() + " does not go on: " + e.getMessage());
            return null;
        }
    }

    /** As with Flink, whose job ends with a checkpoint of all that was read, the checkpoint that closing takes is counted. */
    private Cost pumped(NexmarkEngine engine, States states, NexmarkQuery query, Consumer<Figure> figures)
            throws Exception {
        Cost best = null;
        for (int round = 0; round < options.rounds(); round++) {
            NexmarkPump pump = engine.pump(query.streaming(), states.next(), options.checkpoints());
            Cost cost = Cost.of(() -> {
                try (pump) {
                    pump.readAll();
                }
            });
            best = best == null ? cost : best.fasterOf(cost);
            figures.accept(new Figure("checkpoints", pump.checkpoints(), ""));
        }
        return Objects.requireNonNull(best, "no round");
    }

    /** As of Flink's job, whose net run time begins behind it, planning is not counted; it is told beside it. */
    private Cost drain(NexmarkEngine engine, String sql, Consumer<Figure> figures) throws Exception {
        long started = System.nanoTime();
        Prepared prepared = engine.prepare(sql);
        figures.accept(new Figure("planning", (System.nanoTime() - started) / 1e9, "s"));
        return best(() -> engine.query(prepared, rows -> {}));
    }

    private Cost best(Cost.Work work) throws Exception {
        Cost best = Cost.of(work);
        for (int round = 1; round < options.rounds(); round++) {
            best = best.fasterOf(Cost.of(work));
        }
        return best;
    }

    /** Directories for the state of one query after the other. For one thread. */
    private static final class States {

        private final Path directory;
        private int used;

        States(Path directory) {
            this.directory = directory;
        }

        Path next() {
            return directory.resolve(String.valueOf(used++));
        }
    }

    /** Who else answers. */
    private record Peers(
            @Nullable FlinkProcess flink,
            @Nullable DuckDbPeer json,
            @Nullable DuckDbPeer parquet) implements AutoCloseable {

        static Peers start(NexmarkOptions options, Path directory) throws IOException, SQLException {
            FlinkProcess flink = options.peers().contains("flink")
                    ? FlinkProcess.start(
                            "FlinkPeer",
                            directory,
                            Path.of("bench-flink.log"),
                            String.valueOf(options.checkpoints().toMillis()),
                            options.flinkState())
                    : null;
            if (!options.peers().contains("duckdb")) {
                return new Peers(flink, null, null);
            }
            DuckDbPeer json = DuckDbPeer.open();
            if (options.forms().contains("json")) {
                DuckDbTables.ofJson(json, directory.resolve("json"));
            }
            DuckDbPeer parquet = DuckDbPeer.open();
            DuckDbTables.ofParquet(parquet, directory.resolve("parquet"), false);
            return new Peers(flink, json, parquet);
        }

        @Nullable
        Cost flink(String files, NexmarkQuery query, int rounds) throws IOException {
            if (flink == null || query.refusals().containsKey(NexmarkQuery.Way.FLINK)) {
                return null;
            }
            try {
                Cost best = flink.run(files, query.sqlOf(NexmarkQuery.Way.FLINK));
                for (int round = 1; round < rounds; round++) {
                    best = best.fasterOf(flink.run(files, query.sqlOf(NexmarkQuery.Way.FLINK)));
                }
                return best;
            } catch (IOException e) {
                System.out.println("  " + query.name() + ": " + e.getMessage());
                return null;
            }
        }

        @Nullable
        Cost duckDb(String files, NexmarkQuery query, int rounds) throws Exception {
            DuckDbPeer peer = files.equals("json") ? json : parquet;
            if (peer == null || query.refusals().containsKey(NexmarkQuery.Way.DUCKDB)) {
                return null;
            }
            Cost best = Cost.of(() -> peer.drain(query.sqlOf(NexmarkQuery.Way.DUCKDB)));
            for (int round = 1; round < rounds; round++) {
                best = best.fasterOf(Cost.of(() -> peer.drain(query.sqlOf(NexmarkQuery.Way.DUCKDB))));
            }
            return best;
        }

        @Override
        public void close() throws IOException, SQLException {
            if (flink != null) {
                flink.close();
            }
            if (json != null && parquet != null) {
                json.close();
                parquet.close();
            }
        }
    }
}
