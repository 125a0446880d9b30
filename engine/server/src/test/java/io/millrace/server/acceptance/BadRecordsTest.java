package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.log.Appended;
import io.millrace.spi.log.ShardDescription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be used are left out, counted, and shown in the error stream with the reason. */
class BadRecordsTest {

    private static final String[] RECORDS = {
        "{\"id\": 1, \"amount\": 1.5}",
        "{\"id\": 2, \"amount\": ",
        "{\"id\": \"three\", \"amount\": 3}",
        "not json at all",
        "{\"id\": 5, \"amount\": \"much\"}",
        "{\"id\": 99999999999, \"amount\": 6}",
        "",
        "{\"id\": 8, \"amount\": 8, \"more\": [1, {}]}",
        "[1, 2, 3]",
        "{\"id\": 10}"
    };

    private static final int[] BAD = {1, 2, 3, 4, 5, 6, 8};

    private static final String[] REASONS = {
        "INVALID_VALUE|malformed JSON: the record ends early, expected a value (byte 20)",
        "INVALID_VALUE|column id: 'three' is not an integer (byte 7)",
        "INVALID_VALUE|malformed JSON: expected an object (byte 0)",
        "INVALID_VALUE|column amount: 'much' is not a number (byte 20)",
        "NUMERIC_OVERFLOW|column id: '99999999999' does not fit 32 bits (byte 7)",
        "INVALID_VALUE|the record is empty (byte 0)",
        "INVALID_VALUE|malformed JSON: expected an object (byte 0)",
    };

    private static final String ERRORS = "SELECT pump_name, source, \"POSITION\", error_name, message, data_text"
            + " FROM error_stream ORDER BY \"POSITION\"";

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run("CREATE STREAM orders (id INTEGER, amount DOUBLE)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** Returns what the error stream has to say of the bad ones among {@link #RECORDS}. */
    private List<String> reported(String user, Appended records) {
        ShardDescription shard =
                engine.engine().streams().log("orders").shard(0).description();
        Stream.Builder<String> rows = Stream.builder();
        for (int i = 0; i < BAD.length; i++) {
            String sequence = shard.sequenceNumber(records.firstIndex() + BAD[i], records.arrivalMicros())
                    .toString();
            rows.add(user + "|orders|" + shard.id() + ":" + sequence + "|" + REASONS[i] + "|" + RECORDS[BAD[i]]);
        }
        return rows.build().toList();
    }

    @Test
    void aQueryAnswersWithTheGoodRowsAndReportsTheBadOnesOnce() {
        Appended records = engine.put("orders", RECORDS);
        assertThat(engine.rows("SELECT id, amount FROM orders")).containsExactly("1|1.5", "8|8.0", "10|null");
        assertThat(engine.rows("SELECT COUNT(*), SUM(id), SUM(amount) FROM orders"))
                .containsExactly("3|19|9.5");
        assertThat(engine.awaitRows(ERRORS, BAD.length)).containsExactlyElementsOf(reported("", records));
    }

    @Test
    void aPumpTakesTheGoodRowsAndReportsTheBadOnes() {
        engine.run(
                "CREATE STREAM copies (id INTEGER, amount DOUBLE)",
                "CREATE PUMP p AS INSERT INTO copies SELECT STREAM id, amount FROM orders");
        Appended records = engine.put("orders", RECORDS);
        assertThat(engine.awaitRows("SELECT id FROM copies", 3)).containsExactly("1", "8", "10");
        assertThat(engine.awaitRows(ERRORS, BAD.length)).containsExactlyElementsOf(reported("p", records));
        assertThat(engine.rows("SHOW PUMPS").getFirst()).matches("p\\|copies\\|running\\|\\d+\\|3\\|3\\|0\\|7\\|.*");
    }

    /** A record is read once for the whole query: it is bad for all of it, and reported once. */
    @Test
    void aPumpThatNamesAStreamTwiceReportsABadRecordOnce() {
        engine.run(
                "CREATE STREAM copies (id INTEGER, amount DOUBLE)",
                "CREATE PUMP p AS INSERT INTO copies SELECT STREAM id, amount FROM orders"
                        + " UNION ALL SELECT STREAM id, NULL FROM orders WHERE id > 5");
        Appended records = engine.put("orders", RECORDS);
        List<String> rows = engine.awaitRows("SELECT id FROM copies ORDER BY id", 5);
        assertThat(rows).containsExactly("1", "8", "8", "10", "10");
        assertThat(engine.awaitRows(ERRORS, BAD.length)).containsExactlyElementsOf(reported("p", records));
        engine.restart();
        engine.put("orders", "{\"id\": 11}", "bad again");
        assertThat(engine.awaitRows("SELECT id FROM copies", 7)).hasSize(7);
        assertThat(engine.awaitRows(ERRORS, BAD.length + 1)).hasSize(BAD.length + 1);
    }

    @Test
    void whatWasReportedOnceIsNotReportedAgainAfterARestart() {
        engine.run(
                "CREATE STREAM copies (id INTEGER, amount DOUBLE)",
                "CREATE PUMP p AS INSERT INTO copies SELECT STREAM id, amount FROM orders");
        engine.put("orders", RECORDS);
        engine.awaitRows("SELECT id FROM copies", 3);
        engine.awaitRows(ERRORS, BAD.length);
        engine.restart();
        engine.put("orders", "{\"id\": 11}", "bad again");
        assertThat(engine.awaitRows("SELECT id FROM copies", 4)).containsExactly("1", "8", "10", "11");
        assertThat(engine.awaitRows(ERRORS, BAD.length + 1)).hasSize(BAD.length + 1);
        assertThat(engine.rows("SHOW PUMPS").getFirst()).matches("p\\|copies\\|running\\|\\d+\\|4\\|4\\|0\\|8\\|.*");
    }

    @Test
    void aViewTakesTheGoodRowsAndReportsTheBadOnes() {
        engine.run("CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n, SUM(id) AS s, SUM(amount) AS a FROM orders");
        Appended records = engine.put("orders", RECORDS);
        engine.await("SELECT * FROM v", rows -> rows.equals(List.of("3|19|9.5")));
        assertThat(engine.awaitRows(ERRORS, BAD.length)).containsExactlyElementsOf(reported("v", records));
        assertThat(engine.rows("SHOW VIEWS").getFirst()).matches("v\\|running\\|1\\|\\d+\\|7");
    }

    @Test
    void aViewCanBeAskedAsSoonAsItIsMade() {
        engine.run("CREATE MATERIALIZED VIEW v AS SELECT id FROM orders");
        assertThat(engine.rows("SELECT * FROM v")).isEmpty();
        engine.run("CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT id, amount FROM orders");
        assertThat(engine.rows("SELECT amount FROM v")).isEmpty();
        engine.restart();
        assertThat(engine.rows("SELECT * FROM v")).isEmpty();
    }

    @Test
    void aDeliveryWritesTheGoodRowsAndReportsTheBadOnes() throws Exception {
        Path lake = directory.resolve("lake");
        engine.run("CREATE DELIVERY d FROM orders TO '" + lake.toUri()
                + "' WITH (format = 'json', roll_interval = '100 ms')");
        Appended records = engine.put("orders", RECORDS);
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|running|exactly-once|1|3|0|7|null"));
        assertThat(engine.awaitRows(ERRORS, BAD.length)).containsExactlyElementsOf(reported("d", records));
        assertThat(lines(lake)).hasSize(3);
    }

    private static List<String> lines(Path lake) throws Exception {
        Stream.Builder<String> lines = Stream.builder();
        try (Stream<Path> files = Files.walk(lake)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(lines);
            }
        }
        return lines.build().toList();
    }

    @Test
    void anExpressionThatFailsForARowIsThatRowsFailure() {
        engine.run(
                "CREATE STREAM quotients (id INTEGER, q INTEGER)",
                "CREATE PUMP p AS INSERT INTO quotients SELECT STREAM id, 100 / (id - 2) FROM orders",
                "INSERT INTO orders VALUES (1, 1), (2, 2), (3, 3)");
        engine.put("orders", "{\"id\": 2}", "{\"id\": -2147483648}", "{\"id\": 4}");
        assertThat(engine.awaitRows("SELECT * FROM quotients", 3)).containsExactly("1|-100", "3|100", "4|50");
        assertThat(engine.awaitRows(
                        "SELECT pump_name, source, error_name, message, SUBSTRING(data_text FROM 1 FOR 6)"
                                + " FROM error_stream ORDER BY message",
                        3))
                .containsExactly(
                        "p|orders|NUMERIC_OVERFLOW|-2147483650 does not fit INTEGER|(id=-2",
                        "p|orders|DIVISION_BY_ZERO|division by zero|(id=2,",
                        "p|orders|DIVISION_BY_ZERO|division by zero|(id=2,");
        assertThat(engine.rows("SHOW PUMPS").getFirst()).matches("p\\|quotients\\|running\\|\\d+\\|6\\|3\\|0\\|3\\|.*");
    }

    @Test
    void aLateRowIsCountedAndReported() {
        engine.run(
                "CREATE STREAM events (id INTEGER, at TIMESTAMP, WATERMARK FOR at AS at - INTERVAL '1' SECOND)",
                "CREATE STREAM counts (w TIMESTAMP, n BIGINT)",
                "CREATE PUMP p AS INSERT INTO counts SELECT STREAM window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE"
                        + " events, DESCRIPTOR(at), INTERVAL '5' SECOND)) GROUP BY window_start, window_end");
        engine.put("events", event(1, "00:00:01"), event(2, "00:00:20"));
        engine.awaitRows("SELECT * FROM counts", 1);
        Appended late = engine.put("events", event(3, "00:00:02"), event(4, "00:00:40"));
        assertThat(engine.awaitRows("SELECT * FROM counts", 2))
                .containsExactly("2026-01-01T00:00|1", "2026-01-01T00:00:20|1");
        assertThat(engine.awaitRows(
                        "SELECT pump_name, source, error_name, message, data_text, data_rowtime, \"POSITION\" FROM"
                                + " error_stream",
                        1))
                .containsExactly("p|events|LATE_ROW|it came after its window had been put out|(at=2026-01-01T00:00:02)"
                        + "|2026-01-01T00:00:02|" + position("events", late, 0));
        assertThat(engine.rows("SHOW PUMPS").getFirst()).matches("p\\|counts\\|running\\|\\d+\\|4\\|2\\|1\\|1\\|.*");
    }

    private String position(String stream, Appended entries, int entry) {
        ShardDescription shard = engine.engine().streams().log(stream).shard(0).description();
        return shard.id() + ":" + shard.sequenceNumber(entries.firstIndex() + entry, entries.arrivalMicros());
    }

    @Test
    void aRowThatFailsIsNamedThoughItsQueryDoesNotAskForItsTime() {
        engine.run(
                "CREATE STREAM events (id INTEGER, at TIMESTAMP, WATERMARK FOR at AS at - INTERVAL '1' SECOND)",
                "CREATE STREAM quotients (q INTEGER)",
                "CREATE PUMP p AS INSERT INTO quotients SELECT STREAM CAST(10 / id AS INTEGER) FROM events"
                        + " WHERE id < 100");
        Appended records =
                engine.put("events", "bad", event(100, "00:00:01"), event(0, "00:00:02"), event(5, "00:00:03"));
        engine.run("INSERT INTO events VALUES (5, NULL), (0, TIMESTAMP '2026-01-01 00:00:07')");
        List<String> errors = engine.awaitRows(
                "SELECT error_name, data_rowtime, \"POSITION\" FROM error_stream"
                        + " WHERE error_name = 'DIVISION_BY_ZERO' ORDER BY data_rowtime",
                2);
        assertThat(errors.getFirst())
                .isEqualTo("DIVISION_BY_ZERO|2026-01-01T00:00:02|" + position("events", records, 2));
        assertThat(errors.getLast()).startsWith("DIVISION_BY_ZERO|2026-01-01T00:00:07|shardId-000000000000:");
        String sequence = errors.getLast().substring(errors.getLast().lastIndexOf(':') + 1);
        assertThat(engine.rows("SELECT id FROM events WHERE sequence_number = '" + sequence + "'"))
                .containsExactly("0");
    }

    @Test
    void aRowOfAnotherPumpHasTheTimeThatPumpGaveIt() {
        engine.run(
                "CREATE STREAM events (id INTEGER, at TIMESTAMP, WATERMARK FOR at AS at)",
                "CREATE STREAM passed (id INTEGER)",
                "CREATE STREAM quotients (q INTEGER)",
                "CREATE PUMP p AS INSERT INTO passed SELECT STREAM id FROM events",
                "CREATE PUMP q AS INSERT INTO quotients SELECT STREAM 10 / id FROM passed");
        engine.put("events", event(0, "00:00:02"));
        assertThat(engine.awaitRows("SELECT pump_name, source, data_rowtime FROM error_stream", 1))
                .containsExactly("q|passed|2026-01-01T00:00:02");
    }

    private static String event(int id, String time) {
        return "{\"id\": " + id + ", \"at\": \"2026-01-01 " + time + "\"}";
    }

    @Test
    void aPumpMadeAnewReportsAsTheFirstOneDid() {
        String create = "CREATE PUMP p AS INSERT INTO copies SELECT STREAM id, amount FROM orders";
        String reported = "SELECT data_text FROM error_stream WHERE pump_name = 'p'";
        engine.run("CREATE STREAM copies (id INTEGER, amount DOUBLE)", create);
        engine.put("orders", "first bad", "{\"id\": 1}");
        engine.awaitRows(reported, 1);
        engine.run("DROP PUMP p", create);
        engine.put("orders", "second bad");
        assertThat(engine.awaitRows(reported, 3)).containsExactly("first bad", "first bad", "second bad");
    }

    @Test
    void aViewAndAPumpOfTheSameNameReportBoth() {
        engine.run(
                "CREATE STREAM copies (id INTEGER, amount DOUBLE)",
                "CREATE PUMP p AS INSERT INTO copies SELECT STREAM id, amount FROM orders",
                "CREATE MATERIALIZED VIEW p AS SELECT id, amount FROM orders");
        engine.put("orders", "bad");
        assertThat(engine.awaitRows("SELECT data_text FROM error_stream", 2)).containsExactly("bad", "bad");
    }
}
