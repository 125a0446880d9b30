package io.millrace.server.command;

import io.millrace.server.MillraceServer;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.HashKey;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.SqlText;
import io.millrace.sql.statement.StatementText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The demo on a running server: makes what is missing, feeds trades, shows results. */
final class Demo {

    private static final String SCHEMA = """
        CREATE STREAM IF NOT EXISTS trades (
            id BIGINT,
            ticker VARCHAR,
            price DECIMAL(10, 2),
            quantity INTEGER,
            traded_at TIMESTAMP,
            WATERMARK FOR traded_at AS traded_at - INTERVAL '1' SECOND
        ) WITH (shards = 4, format = 'json');

        CREATE STREAM IF NOT EXISTS ticker_5s (
            window_start TIMESTAMP,
            ticker VARCHAR,
            trades BIGINT,
            volume BIGINT,
            low DECIMAL(10, 2),
            high DECIMAL(10, 2)
        );
        """;

    private static final String PUMP = """
        CREATE PUMP IF NOT EXISTS ticker_5s_pump AS
        INSERT INTO ticker_5s (window_start, ticker, trades, volume, low, high)
        SELECT STREAM window_start, ticker, COUNT(*), SUM(quantity), MIN(price), MAX(price)
        FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(traded_at), INTERVAL '5' SECOND))
        GROUP BY ticker, window_start, window_end
        """;

    private static final String SHOW = "SELECT STREAM window_start, ticker, trades, volume, low, high FROM ticker_5s";

    private final MillraceServer server;
    private final Path data;
    private final int rate;
    private final PrintStream out;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Demo(MillraceServer server, Path data, int rate, PrintStream out) {
        this.server = server;
        this.data = data;
        this.rate = rate;
        this.out = out;
    }

    /** Ends {@link #run}, from any thread. */
    void stop() {
        stopped.countDown();
    }

    /** Runs until stopped, or so long. */
    void run(Duration longest) throws InterruptedException {
        prepare();
        introduce();
        Thread feeder = Thread.ofPlatform().name("trades").start(this::feed);
        Thread screen = Thread.ofPlatform().name("screen").start(this::show);
        stopped.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        stop();
        feeder.join();
        screen.join();
    }

    private void prepare() {
        try (SqlSession session = server.sql().open("millrace", "demo")) {
            execute(session, SCHEMA);
            execute(session, PUMP);
            execute(session, delivery("trades"));
            execute(session, delivery("ticker_5s"));
        }
    }

    private String delivery(String stream) {
        return "CREATE DELIVERY IF NOT EXISTS " + stream + "_lake FROM " + stream + " TO '"
                + data.resolve("lake").resolve(stream).toUri() + "' WITH (format = 'parquet', roll_interval = '10 s')";
    }

    private static void execute(SqlSession session, String script) {
        for (StatementText statement : session.split(script)) {
            session.execute(session.prepare(statement.text(), List.of()), List.of())
                    .close();
        }
    }

    private void introduce() {
        out.println("Millrace runs on " + data);
        out.println();
        out.println("  psql  psql -h 127.0.0.1 -p " + server.pgPort() + " -U millrace millrace"
                + " -c \"SELECT * FROM ticker_5s ORDER BY window_start DESC LIMIT 8\"");
        out.println("  JDBC  jdbc:millrace://127.0.0.1:" + server.pgPort() + "/millrace");
        out.println("  AWS   aws kinesis list-shards --stream-name trades --endpoint-url http://127.0.0.1:"
                + server.awsPort() + " --region us-east-1 --no-sign-request");
        out.println();
        out.println("Parquet lands in " + data.resolve("lake") + ". Ctrl-C stops; starting again goes on.");
        out.println("Trades per ticker, 5 seconds each:");
        out.println();
        out.println("window_start         ticker  trades   volume      low     high");
        out.flush();
    }

    private void feed() {
        StreamLog log = server.streams().log("trades");
        TradeGenerator trades = new TradeGenerator(new Random());
        long started = System.nanoTime();
        long put = 0;
        CompletableFuture<Appended> last = new CompletableFuture<>();
        try {
            while (!stopped.await(10, TimeUnit.MILLISECONDS)) {
                long due = (System.nanoTime() - started) * rate / 1_000_000_000L;
                for (; put < due; put++) {
                    TradeGenerator.Trade trade = trades.next(Instant.now());
                    HashKey key = HashKey.ofPartitionKey(trade.ticker(), 0, trade.ticker().length);
                    last = log.route(key).append(new RecordBatch().add(trade.ticker(), trade.json()), null);
                }
            }
            if (put > 0) {
                last.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        try (SqlSession session = server.sql().open("millrace", "demo")) {
            session.setting("stream_start", "latest");
            ResultCursor cursor = session.execute(session.prepare(SHOW, List.of()), List.of());
            while (stopped.getCount() > 0) {
                print(cursor.poll(Duration.ofMillis(100)));
            }
            cursor.close();
        }
    }

    private void print(@Nullable RowBatch rows) {
        for (int i = 0; rows != null && i < rows.selectedCount(); i++) {
            int row = rows.selectedRow(i);
            out.printf(
                    "%-19.19s  %-6s  %6s  %7s  %7s  %7s%n",
                    cell(rows, 0, row),
                    cell(rows, 1, row),
                    cell(rows, 2, row),
                    cell(rows, 3, row),
                    cell(rows, 4, row),
                    cell(rows, 5, row));
        }
        out.flush();
    }

    private static String cell(RowBatch rows, int column, int row) {
        StringBuilder text = new StringBuilder();
        if (!rows.column(column).isNull(row)) {
            SqlText.append(rows.type().field(column).type(), rows.column(column), row, ZoneOffset.UTC, text);
        }
        return text.toString();
    }
}
