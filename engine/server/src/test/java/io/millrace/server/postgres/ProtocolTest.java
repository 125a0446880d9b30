package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Corners of the protocol, byte by byte. */
@Timeout(30)
final class ProtocolTest extends GatewayFixture {

    private static final RowType TICK = RowType.of(Field.required("n", DataType.INTEGER));
    private static final int CANCEL = 80877102;
    private static final int TLS = 80877103;
    private static final int GSS = 80877104;
    private static final int MESSAGE_BYTES_MAX = 100_000;

    @Override
    PostgresSettings settings() {
        return super.settings()
                // Long enough to log in where the machine is busy.
                .withLimits(5, MESSAGE_BYTES_MAX, Duration.ofSeconds(3))
                .withKeepAlive(Duration.ofMillis(40));
    }

    private RawClient client() throws IOException {
        return new RawClient(address);
    }

    /** Whatever one client did, another is served. */
    @AfterEach
    void othersAreUnharmed() throws IOException {
        engine.rows("SELECT 1", TICK, List.of(1));
        try (RawClient other = client().login()) {
            assertThat(other.query("SELECT 1").typesUntilReady()).isEqualTo("TDCZ");
        }
    }

    @Test
    void encryptionIsDeclinedAndTheSessionGoesOn() throws IOException {
        try (RawClient client = client()) {
            client.out().int32(8).int32(TLS);
            assertThat(client.send().readByte()).isEqualTo('N');
            client.out().int32(8).int32(GSS);
            assertThat(client.send().readByte()).isEqualTo('N');
            client.login();
            assertThat(client.query("").typesUntilReady()).isEqualTo("IZ");
        }
    }

    @Test
    void laterMinorVersionIsNegotiatedDown() throws IOException {
        try (RawClient client = client()) {
            client.sendStartup(3 << 16 | 2, Map.of("user", "a", "database", "millrace", "_pq_.x", "1"));
            RawClient.Reply negotiated = client.read();
            assertThat(negotiated.type()).isEqualTo('v');
            assertThat(negotiated.body()).hasSize(8 + "_pq_.x".length() + 1);
            assertThat(client.typesUntilReady()).startsWith("R").endsWith("KZ");
        }
    }

    @Test
    void otherProtocolsDatabasesAndMissingUsersAreRefused() throws IOException {
        try (RawClient client = client().sendStartup(2 << 16, Map.of("user", "a"))) {
            assertThat(client.read().field('C')).isEqualTo("0A000");
            assertThat(client.ended()).isTrue();
        }
        try (RawClient client = client().sendStartup(Map.of("user", "a", "database", "elsewhere"))) {
            assertThat(client.read().field('C')).isEqualTo("3D000");
            assertThat(client.ended()).isTrue();
        }
        try (RawClient client = client().sendStartup(Map.of("database", "millrace"))) {
            assertThat(client.read().field('C')).isEqualTo("28000");
        }
    }

    @Test
    void startupPacketOfAbsurdLengthIsRefused() throws IOException {
        try (RawClient client = client()) {
            client.out().int32(Integer.MAX_VALUE).int32(3 << 16);
            assertThat(client.send().read().field('C')).isEqualTo("08P01");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void otherProtocolsBytesAreRefused() throws IOException {
        try (RawClient client = client()) {
            client.out().raw("GET / HTTP/1.1\r\n\r\n");
            assertThat(client.send().read().field('C')).isEqualTo("08P01");
        }
    }

    @Test
    void silentClientIsCutOff() throws IOException {
        try (RawClient client = client()) {
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void sessionsBeyondTheLimitAreRefused() throws IOException {
        RawClient[] clients = new RawClient[5];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = client().login();
        }
        try (RawClient more = client().sendStartup(Map.of("user", "a", "database", "millrace"))) {
            assertThat(more.read().field('C')).isEqualTo("53300");
        }
        for (RawClient client : clients) {
            client.out().begin('X').end();
            client.send();
            assertThat(client.ended()).isTrue();
            client.close();
        }
    }

    @Test
    void messageBeyondTheLimitEndsTheConnection() throws IOException {
        try (RawClient client = client().login()) {
            client.out().int8('Q').int32(MESSAGE_BYTES_MAX + 1);
            assertThat(client.send().read().field('C')).isEqualTo("08P01");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void negativeLengthEndsTheConnection() throws IOException {
        try (RawClient client = client().login()) {
            client.out().int8('Q').int32(-5);
            assertThat(client.send().read().field('S')).isEqualTo("FATAL");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void unknownMessageEndsTheConnection() throws IOException {
        try (RawClient client = client().login()) {
            client.out().begin('~').end();
            assertThat(client.send().read().field('C')).isEqualTo("08P01");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void truncatedMessageEndsTheSession() throws Exception {
        try (RawClient client = client().login()) {
            client.out().int8('Q').int32(100).raw("SELECT");
            client.send();
            client.socket().shutdownOutput();
            assertThat(client.ended()).isTrue();
        }
        assertThat(engine.sessions().get(0).closed()).isTrue();
    }

    @Test
    void malformedStepIsAnErrorUpToTheNextSync() throws IOException {
        engine.rows("SELECT 1", TICK, List.of(1));
        try (RawClient client = client().login()) {
            client.out().begin('B').text("p").int16(7).end();
            client.extended("SELECT 1", "", 0).sync();
            client.extended("SELECT 1", "", 0).sync().send();
            assertThat(client.typesUntilReady()).isEqualTo("EZ");
            assertThat(client.typesUntilReady()).isEqualTo("12TDCZ");
        }
    }

    @Test
    void stepsOutOfOrderAreErrors() throws IOException {
        try (RawClient client = client().login()) {
            client.execute("nowhere", 0).sync().send();
            RawClient.Reply error = client.read();
            assertThat(error.field('C')).isEqualTo("34000");
            client.readUntil('Z');
            client.out()
                    .begin('B')
                    .text("")
                    .text("nothing")
                    .int16(0)
                    .int16(0)
                    .int16(0)
                    .end();
            client.sync().send();
            assertThat(client.read().field('C')).isEqualTo("26000");
            client.readUntil('Z');
            client.out().begin('D').int8('?').text("").end();
            client.sync().send();
            assertThat(client.read().field('C')).isEqualTo("08P01");
            client.readUntil('Z');
            client.out().begin('F').int32(1).int16(0).int16(0).int16(0).end();
            assertThat(client.send().read().field('C')).isEqualTo("0A000");
        }
    }

    @Test
    void pipelinedQueriesAreAnsweredInOrder() throws IOException {
        engine.rows("SELECT 1", TICK, List.of(1));
        engine.rows("SELECT 2", TICK, List.of(2), List.of(3));
        try (RawClient client = client().login()) {
            client.extended("SELECT 1", "", 0);
            client.extended("SELECT 2", "", 0).sync();
            client.extended("SELECT missing", "", 0);
            client.extended("SELECT 1", "", 0).sync();
            client.extended("SELECT 1", "", 0).sync().send();
            assertThat(client.typesUntilReady()).isEqualTo("12TDC12TDDCZ");
            assertThat(client.typesUntilReady()).isEqualTo("EZ");
            assertThat(client.typesUntilReady()).isEqualTo("12TDCZ");
        }
    }

    @Test
    void simpleQueryStopsAtTheFirstError() throws IOException {
        engine.rows("SELECT 1", TICK, List.of(1));
        try (RawClient client = client().login()) {
            client.query("SELECT 1; SELECT missing; SELECT 1");
            assertThat(client.typesUntilReady()).isEqualTo("TDCEZ");
            assertThat(engine.executed()).containsExactly("SELECT 1");
        }
    }

    @Test
    void transactionStatusIsReported() throws IOException {
        try (RawClient client = client().login()) {
            assertThat(client.query("BEGIN").readUntil('Z').text()).isEqualTo("T");
            assertThat(client.query("SELECT missing").readUntil('Z').text()).isEqualTo("E");
            assertThat(client.query("SELECT 1").readUntil('E').field('C')).isEqualTo("25P02");
            assertThat(client.readUntil('Z').text()).isEqualTo("E");
            assertThat(client.query("COMMIT").readUntil('C').text()).isEqualTo("ROLLBACK\0");
            assertThat(client.readUntil('Z').text()).isEqualTo("I");
            assertThat(client.query("COMMIT").readUntil('N').field('C')).isEqualTo("25P01");
        }
    }

    @Test
    void namedPortalIsSuspendedOnceItHasSomething() throws IOException {
        FakeCursor ticks = engine.endless("SELECT STREAM n", TICK);
        try (RawClient client = client().login()) {
            client.query("BEGIN").readUntil('Z');
            client.extended("SELECT STREAM n", "p", 1000).sync().send();
            client.readUntil('T');
            ticks.emit(List.of(1));
            assertThat(client.readUntil('D').values()).containsExactly("1");
            assertThat(client.typesUntilReady()).isEqualTo("sZ");
            ticks.emit(List.of(2)).emit(List.of(3));
            client.execute("p", 2).sync().send();
            assertThat(client.typesUntilReady()).isEqualTo("DDsZ");
            ticks.end();
            client.execute("p", 1000).sync().send();
            assertThat(client.typesUntilReady()).isEqualTo("CZ");
        }
    }

    @Test
    void unnamedPortalGivesAsManyRowsAsWereAskedFor() throws IOException {
        FakeCursor ticks = engine.endless("SELECT STREAM n", TICK);
        try (RawClient client = client().login()) {
            ticks.emit(List.of(1));
            client.extended("SELECT STREAM n", "", 2).sync().send();
            client.readUntil('D');
            assertThat(client.readUntil('S').text()).startsWith("application_name");
            ticks.emit(List.of(2));
            client.readUntil('D');
            client.readUntil('s');
            client.readUntil('Z');
        }
    }

    @Test
    void idleEndlessAnswerShowsSignsOfLife() throws IOException {
        FakeCursor ticks = engine.endless("SELECT STREAM n", TICK);
        try (RawClient client = client().login()) {
            client.query("SELECT STREAM n").readUntil('T');
            client.readUntil('S');
            client.readUntil('S');
            ticks.emit(List.of(1)).end();
            assertThat(client.readUntil('C').text()).isEqualTo("SELECT 1\0");
        }
    }

    @Test
    void wrongKeyCancelsNothingAndTheRightOneDoes() throws Exception {
        FakeCursor ticks = engine.endless("SELECT STREAM n", TICK);
        try (RawClient client = client().login()) {
            client.query("SELECT STREAM n").readUntil('T');
            assertThat(ticks.awaitPoll()).isTrue();
            cancel(client.process, client.secret + 1);
            cancel(client.process + 1, client.secret);
            ticks.emit(List.of(1));
            assertThat(client.readUntil('D').values()).containsExactly("1");
            cancel(client.process, client.secret);
            assertThat(client.readUntil('E').field('C')).isEqualTo("57014");
            client.readUntil('Z');
            cancel(client.process, client.secret);
            engine.rows("SELECT 1", TICK, List.of(1));
            assertThat(client.query("SELECT 1").typesUntilReady()).isEqualTo("TDCZ");
        }
    }

    private void cancel(int process, int secret) throws IOException {
        try (RawClient client = client()) {
            client.out().int32(16).int32(CANCEL).int32(process).int32(secret);
            client.send();
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void queriesThatComputeWithoutPauseDoNotHoldUpOthers() throws Exception {
        engine.teach("SELECT spin", List.of(), TICK, parameters -> FakeCursor.spinning(TICK));
        RawClient[] clients = new RawClient[4];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = client().login();
            clients[i].query("SELECT spin");
        }
        for (RawClient client : clients) {
            client.readUntil('T');
            cancel(client.process, client.secret);
            assertThat(client.readUntil('E').field('C')).isEqualTo("57014");
            client.close();
        }
    }

    @Test
    void aClientThatCannotBeHeardAnyMoreIsNotToldThatItCancelled() throws Exception {
        FakeCursor ticks = engine.endless("SELECT STREAM n", TICK);
        try (RawClient client = client().login()) {
            client.query("SELECT STREAM n").readUntil('T');
            assertThat(ticks.awaitPoll()).isTrue();
            client.socket().shutdownOutput();
            assertThat(client.readUntil('E').field('C')).isEqualTo("08006");
        }
    }

    @Test
    void terminateDuringAnEndlessAnswerDropsTheQuery() throws Exception {
        FakeCursor ticks = engine.endless("SELECT STREAM n", TICK);
        try (RawClient client = client().login()) {
            client.query("SELECT STREAM n").readUntil('T');
            assertThat(ticks.awaitPoll()).isTrue();
            client.out().begin('X').end();
            client.send();
            assertThat(ticks.awaitCancel()).isTrue();
            assertThat(ticks.awaitClose()).isTrue();
        }
    }

    @Test
    void readerThatStopsIsNotWaitedForOnceItLeaves() throws Exception {
        RowType wide = RowType.of(Field.required("v", DataType.VARCHAR));
        FakeCursor rows = engine.endless("SELECT STREAM v", wide);
        RowBatch batch = RowBatch.create(wide, 1);
        io.millrace.spi.row.JavaValues.append(batch, List.of("x".repeat(1_000_000)));
        for (int i = 0; i < 100; i++) {
            rows.emit(batch);
        }
        try (RawClient client = client().login()) {
            client.query("SELECT STREAM v").readUntil('D');
        }
        assertThat(rows.awaitClose()).isTrue();
        assertThat(rows.pending()).isPositive();
    }

    @Test
    void statementsRunThatWerePipelinedBeforeTheClientLeft() throws Exception {
        engine.command("INSERT INTO s VALUES (1)", "INSERT 0 1");
        try (RawClient client = client().login()) {
            client.extended("INSERT INTO s VALUES (1)", "", 0).sync();
            client.out().begin('X').end();
            client.send();
            assertThat(client.typesUntilReady()).isEqualTo("12nCZ");
            assertThat(client.ended()).isTrue();
        }
        assertThat(engine.executed()).contains("INSERT INTO s VALUES (1)");
    }

    @Test
    void parametersAreDescribedByWhatTheClientDeclaredOrWeInferred() throws IOException {
        engine.teach(
                "SELECT $1, $2",
                List.of(DataType.INTEGER, DataType.VARCHAR),
                TICK,
                parameters -> FakeCursor.ending(TICK, List.of()));
        try (RawClient client = client().login()) {
            client.out()
                    .begin('P')
                    .text("s")
                    .text("SELECT $1, $2")
                    .int16(1)
                    .int32(21)
                    .end();
            client.out().begin('D').int8('S').text("s").end();
            client.sync().send();
            byte[] described = client.readUntil('t').body();
            assertThat(described).containsExactly(0, 2, 0, 0, 0, 21, 0, 0, 4, 19);
            assertThat(engine.hints().get(0)).isEqualTo(List.of(DataType.SMALLINT));
        }
    }

    @Test
    void severalStatementsInOneParseAreRefused() throws IOException {
        try (RawClient client = client().login()) {
            client.out().begin('P').text("").text("SELECT 1; SELECT 2").int16(0).end();
            client.sync().send();
            assertThat(client.read().field('C')).isEqualTo("42601");
        }
    }

    /** The format that our own driver asks for: the description says which columns are binary. */
    @Test
    void formatTwoIsBinaryWhereTheWidthIsFixed() throws IOException {
        RowType type = RowType.of(Field.required("n", DataType.SMALLINT), Field.required("t", DataType.VARCHAR));
        engine.rows("SELECT n, t", type, List.of(-2, "ab"));
        try (RawClient client = new RawClient(address).login()) {
            client.out().begin('P').text("").text("SELECT n, t").int16(0).end();
            client.out()
                    .begin('B')
                    .text("")
                    .text("")
                    .int16(0)
                    .int16(0)
                    .int16(1)
                    .int16(2)
                    .end();
            client.out().begin('D').int8('P').text("").end();
            client.execute("", 0).sync().send();
            byte[] description = client.readUntil('T').body();
            assertThat(description[21]).isEqualTo((byte) 1);
            assertThat(description[description.length - 1]).isEqualTo((byte) 0);
            assertThat(client.readUntil('D').body()).containsExactly(0, 2, 0, 0, 0, 2, -1, -2, 0, 0, 0, 2, 'a', 'b');
        }
    }

    @Test
    void formatTwoIsForResultsAlone() throws IOException {
        engine.teach("SELECT ?", List.of(DataType.INTEGER), TICK, parameters -> FakeCursor.ending(TICK, List.of()));
        try (RawClient client = new RawClient(address).login()) {
            client.out().begin('P').text("").text("SELECT ?").int16(0).end();
            client.out()
                    .begin('B')
                    .text("")
                    .text("")
                    .int16(1)
                    .int16(2)
                    .int16(1)
                    .int32(0)
                    .int16(0)
                    .end();
            client.sync().send();
            assertThat(client.readUntil('E').field('M')).isEqualTo("unsupported format code: 2");
        }
    }
}
