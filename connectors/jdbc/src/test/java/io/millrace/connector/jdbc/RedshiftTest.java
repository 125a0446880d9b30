package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.connector.s3.S3StoreFactory;
import io.millrace.format.json.JsonFormat;
import io.millrace.spi.Options;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.BucketServer;
import io.millrace.testing.connector.Origins;
import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.connector.Receivers;
import io.millrace.testing.contract.RowReceiverContract;
import io.millrace.testing.redshift.RedshiftDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of Redshift, for which PostgreSQL stands behind a door that loads from a bucket. */
class RedshiftTest extends RowReceiverContract {

    private static PostgresServer server;
    private static BucketServer bucket;
    private static RedshiftDoor door;

    private final List<RowReceiver> open = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        assumeThat(PostgresServer.installed()).as("PostgreSQL is installed").isTrue();
        server = PostgresServer.start();
        server.execute(RedshiftDoor.SCHEMA.toArray(String[]::new));
        bucket = BucketServer.start();
        door = new RedshiftDoor(server.port(), "http://127.0.0.1:" + bucket.openPort());
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            door.close();
            bucket.close();
            server.close();
        }
    }

    @BeforeEach
    void create() throws Exception {
        // As Redshift keeps no keys, there is none here either.
        server.execute(
                "DROP TABLE IF EXISTS quakes, millrace_offsets",
                "CREATE TABLE quakes (id bigint NOT NULL, name varchar(20) NOT NULL)");
        door.loads().clear();
    }

    @AfterEach
    void reset() {
        door.deny(false);
        door.hideErrors(false);
        open.forEach(RowReceiver::close);
    }

    @Override
    protected ReceiverFactory factory() {
        return new RedshiftFactory();
    }

    @Override
    protected String url() {
        return door.url();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of(
                "table",
                "quakes",
                "staging",
                "s3://" + BucketServer.NAME + "/staged",
                "endpoint",
                bucket.endpoint(),
                "region",
                "us-east-1",
                "access_key_id",
                BucketServer.ACCESS_KEY_ID,
                "secret_access_key",
                BucketServer.SECRET_ACCESS_KEY);
    }

    @Override
    protected RecordFormat json() {
        return new JsonFormat();
    }

    @Override
    protected List<Long> taken() throws Exception {
        return server.rows("SELECT id FROM quakes").stream().map(Long::valueOf).toList();
    }

    @Override
    protected List<? extends @Nullable Object> poison() {
        return Arrays.asList(2L, null);
    }

    private RowReceiver open(RowType type, String... more) {
        Map<String, String> all = new TreeMap<>(options());
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        List<String> pairs = new ArrayList<>();
        all.forEach((name, value) -> pairs.addAll(List.of(name, value)));
        RowReceiver receiver =
                (RowReceiver) Receivers.open(factory(), "a", url(), type, json(), pairs.toArray(String[]::new));
        open.add(receiver);
        return receiver;
    }

    private static RowBatch rows(RowType type, Object... values) {
        RowBatch rows = Origins.rows(type);
        for (int i = 0; i < values.length; i += type.size()) {
            JavaValues.append(rows, Arrays.asList(values).subList(i, i + type.size()));
        }
        return rows;
    }

    private static BatchName name(int number) {
        return new BatchName("quakes-1f-0000.rows", number);
    }

    private static List<String> staged() throws Exception {
        return new S3StoreFactory()
                .open(
                        URI.create("s3://" + BucketServer.NAME + "/"),
                        new Options(Map.of(
                                "endpoint",
                                bucket.endpoint(),
                                "region",
                                "us-east-1",
                                "access_key_id",
                                BucketServer.ACCESS_KEY_ID,
                                "secret_access_key",
                                BucketServer.SECRET_ACCESS_KEY)))
                .list("");
    }

    @Test
    void valuesArriveInColumnsOfTheirType() throws Exception {
        RowType type = RowType.of(
                Field.nullable("B", DataType.BOOLEAN),
                Field.nullable("i", DataType.INTEGER),
                Field.nullable("m", new DecimalType(38, 10)),
                Field.nullable("d", DataType.DOUBLE),
                Field.nullable("v", DataType.VARCHAR),
                Field.nullable("dt", DataType.DATE),
                Field.nullable("ts", DataType.TIMESTAMP),
                Field.nullable("tz", DataType.TIMESTAMP_WITH_TIME_ZONE),
                Field.nullable("a", new ArrayType(DataType.VARCHAR, true)));
        server.execute("DROP TABLE IF EXISTS wide");
        server.execute(
                "CREATE TABLE wide (other int DEFAULT 7, b boolean, i int, m numeric(38, 10), d double precision,"
                        + " v varchar, dt date, ts timestamp, tz timestamptz, a json)");
        RowReceiver receiver = open(type, "table", "wide");
        receiver.receive(
                name(0),
                rows(
                        type,
                        true,
                        -5,
                        new BigDecimal("1234567890123456789012345678.0000000001"),
                        1.5e300,
                        "tab\t, line\n, \"quote\", \\, 'it' and ü€😀",
                        LocalDate.of(2026, 1, 31),
                        LocalDateTime.of(2026, 1, 31, 9, 0, 0, 123_456_000),
                        Instant.parse("2026-01-31T09:00:00.000001Z"),
                        List.of("x", "y"),
                        null,
                        null,
                        null,
                        null,
                        "",
                        null,
                        null,
                        null,
                        null));
        assertThat(server.rows("SELECT * , v = E'tab\\t, line\\n, \"quote\", \\\\, ''it'' and ü€😀',"
                        + " tz AT TIME ZONE 'UTC' FROM wide ORDER BY i"))
                .containsExactly(
                        "7|t|-5|1234567890123456789012345678.0000000001|1.5e+300|tab\t, line\n"
                                + ", \"quote\", \\, 'it' and ü€😀|2026-01-31|2026-01-31 09:00:00.123456|2026-01-31"
                                + " 09:00:00.000001+00|[\"x\",\"y\"]|t|2026-01-31 09:00:00.000001",
                        "7|null|null|null|null||null|null|null|null|f|null");
    }

    @Test
    void aLoadNamesOneManifestAndWhatRowsAreAndFilesAreGoneBehindIt() throws Exception {
        open(TYPE).receive(name(3), rows(TYPE, 1L, "one", 2L, "two"));
        assertThat(door.loads())
                .containsExactly("COPY quakes (\"id\", \"name\") FROM"
                        + " 's3://lake/staged/a/1/quakes-1f-0000-00003.manifest' ACCESS_KEY_ID"
                        + " 'local-identity' SECRET_ACCESS_KEY 'local-secret' REGION 'us-east-1' MANIFEST"
                        + " FORMAT JSON 'auto' TIMEFORMAT 'auto' DATEFORMAT 'auto' COMPUPDATE OFF GZIP"
                        + " MAXERROR 3");
        assertThat(staged()).noneMatch(key -> key.contains("quakes-1f-0000-00003"));
    }

    @Test
    void optionsOfCopyStandBesideThoseOfRowsAndQuotedTextSaysNothing() throws Exception {
        open(TYPE, "copy_options", "TRUNCATECOLUMNS TIMEFORMAT 'epochsecs' NULL AS 'manifest MAXERROR gzip'")
                .receive(name(0), rows(TYPE, 1L, "one"));
        assertThat(door.loads().getFirst())
                .contains("MANIFEST FORMAT JSON 'auto' DATEFORMAT 'auto' COMPUPDATE OFF TRUNCATECOLUMNS"
                        + " TIMEFORMAT 'epochsecs' NULL AS 'manifest MAXERROR gzip' GZIP MAXERROR 2");
    }

    @Test
    void aBackslashInALiteralIsDoubled() {
        assertThat(LoadAccess.quoted("a\\b'c\\")).isEqualTo("'a\\\\b''c\\\\'");
    }

    @Test
    void filesStayWhereThatIsWanted() throws Exception {
        open(TYPE, "keep_files", "true", "compression", "none", "staging", "s3://lake/kept", "iam_role", "default")
                .receive(name(0), rows(TYPE, 1L, "one"));
        assertThat(door.loads())
                .singleElement()
                .satisfies(load -> assertThat(load)
                        .contains(" IAM_ROLE default REGION 'us-east-1' MANIFEST")
                        .doesNotContain("GZIP", "SECRET"));
        assertThat(staged()).contains("kept/a/1/quakes-1f-0000-00000.json", "kept/a/1/quakes-1f-0000-00000.manifest");
    }

    @Test
    void rowsThatDoNotFitAreToldWithWhatTheLoadSays() throws Exception {
        RowBatch rows = rows(TYPE, 1L, "one", 2L, "a name of more than twenty", 3L, "a\nb", 4L, null, 5L, "five");
        List<Refusal> refusals = open(TYPE).receive(name(0), rows);
        assertThat(refusals).extracting(Refusal::record).containsExactly(1, 3);
        assertThat(refusals.getFirst().reason())
                .isEqualTo("column 'name': value too long for type character varying(20)");
        assertThat(refusals.getLast().reason()).startsWith("column 'name': null value");
        assertThat(taken()).containsExactlyInAnyOrder(1L, 3L, 5L);
    }

    @Test
    void aBatchOfWhichNothingFitsIsToldShortly() throws Exception {
        RowBatch rows = Origins.rows(TYPE);
        for (long i = 0; i < 800; i++) {
            JavaValues.append(rows, Arrays.asList(i, "a name of more than twenty"));
        }
        RowReceiver receiver = open(TYPE);
        assertThat(receiver.receive(name(0), rows)).hasSize(800);
        // The note of it has a bound; the reasons are what does not fit.
        List<Refusal> again = receiver.receive(name(0), rows);
        assertThat(again).extracting(Refusal::record).hasSize(800).startsWith(0, 1, 2);
        assertThat(again.getFirst().reason()).isNotBlank();
        assertThat(server.rows("SELECT max(length(refusals)) <= 65535 FROM millrace_offsets"))
                .containsExactly("t");
    }

    @Test
    void aLoadThatDoesNotSayWhatItPassedOverLoadsNothing() throws Exception {
        door.hideErrors(true);
        RowReceiver receiver = open(TYPE);
        RowBatch rows = rows(TYPE, 1L, "one", 2L, null);
        assertThatThrownBy(() -> receiver.receive(name(0), rows))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("passed over 1 of 2 rows, and neither sys_load_error_detail");
        assertThat(taken()).isEmpty();
        door.hideErrors(false);
        assertThat(receiver.receive(name(0), rows)).hasSize(1);
        assertThat(taken()).containsExactly(1L);
    }

    @Test
    void aBucketThatRefusesTheClusterIsTriedAgain() throws Exception {
        RowReceiver receiver = open(TYPE);
        door.deny(true);
        assertThatThrownBy(() -> receiver.receive(name(0), rows(TYPE, 1L, "one")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Access Denied")
                .hasMessageNotContaining(BucketServer.SECRET_ACCESS_KEY);
        door.deny(false);
        receiver.receive(name(0), rows(TYPE, 1L, "one"));
        receiver.receive(name(1), rows(TYPE, 2L, "two"));
        assertThat(taken()).containsExactly(1L, 2L);
    }

    @Test
    void aBucketThatIsGoneIsTriedAgain() throws Exception {
        RowReceiver receiver = open(TYPE, "endpoint", "http://127.0.0.1:1", "attempts", "1");
        assertThatThrownBy(() -> receiver.receive(name(0), rows(TYPE, 1L, "one")))
                .as("counts as an attempt that failed")
                .isInstanceOf(IOException.class);
        open(TYPE).receive(name(0), rows(TYPE, 1L, "one"));
        assertThat(taken()).containsExactly(1L);
    }

    @Test
    void whatCannotBeIsRefusedWithWhatToDo() {
        assertRefused("s3://bucket/folder", "staging", "file:///tmp/x");
        assertRefused("iam_role", "copy_options", "CREDENTIALS 'x'");
        assertRefused("NOLOAD", "copy_options", "FORMAT JSON 'auto' NOLOAD");
        assertRefused("MAXERROR", "copy_options", "MAXERROR 10");
        assertRefused("CSV", "copy_options", "csv");
        assertRefused("not closed", "copy_options", "NULL AS 'x");
        assertRefused("comment", "copy_options", "STATUPDATE ON --");
        assertRefused("without blanks", "staging", "s3://lake/a b");
        assertRefused("without blanks", "staging", "s3://lake/a%20b");
        assertRefused("gzip or none", "compression", "zip");
        assertThatThrownBy(() -> open(RowType.of(Field.nullable("x", DataType.VARBINARY))))
                .hasMessageContaining("'x' is VARBINARY");
        assertThatThrownBy(() -> open(RowType.of(Field.nullable("y", new ArrayType(DataType.VARBINARY, true)))))
                .hasMessageContaining("'y' is ");
        assertThatThrownBy(() ->
                        open(RowType.of(Field.nullable("z", RowType.of(Field.nullable("inside", DataType.VARBINARY))))))
                .hasMessageContaining("'z' is ");
        assertThatThrownBy(
                        () -> Receivers.open(new TableFactory(), "a", "jdbc:" + url(), TYPE, json(), "table", "quakes"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.hint()).contains("TO 'redshift://"));
    }

    private void assertRefused(String hint, String option, String value) {
        assertThatThrownBy(() -> open(TYPE, option, value))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.describe() + " " + e.hint()).contains(hint));
    }

    @Test
    void aColumnThatTheTableLostIsWaitedFor() throws Exception {
        server.execute("ALTER TABLE quakes RENAME COLUMN name TO other");
        RowReceiver receiver = open(TYPE);
        assertThatThrownBy(() -> receiver.receive(name(0), rows(TYPE, 1L, "one")))
                .as("a failure that is tried again, and no error that ends the delivery")
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no column 'name'");
        server.execute("ALTER TABLE quakes RENAME COLUMN other TO name");
        receiver.receive(name(0), rows(TYPE, 1L, "one"));
        assertThat(taken()).containsExactly(1L);
    }

    @Test
    void aBucketThatCannotBeReachedIsToldWhenTheDeliveryIsMade() throws Exception {
        open(TYPE).check();
        assertThatThrownBy(() -> open(TYPE, "staging", "s3://nowhere/staged").check())
                .isInstanceOfAny(IOException.class, MillraceException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> open(TYPE, "endpoint", "http://127.0.0.1:1", "attempts", "1")
                        .check())
                .isInstanceOfAny(IOException.class, MillraceException.class);
        assertThat(server.rows("SELECT to_regclass('millrace_offsets')")).containsExactly("null");
    }

    @Test
    void filesAreEncryptedWithTheKeyThatIsToldAndLoadedAsAllOthers() throws Exception {
        String key = "arn:aws:kms:us-east-1:000000000000:key/k";
        String header = "x-amz-server-side-encryption";
        open(TYPE, "endpoint", bucket.faultyEndpoint(), "encryption", "sse-kms", "kms_key_id", key)
                .receive(name(5), rows(TYPE, 1L, "one"));
        assertThat(bucket.faults().headers("PUT", "quakes-1f-0000-00005", header))
                .as("the file and its manifest")
                .containsExactly("aws:kms", "aws:kms");
        assertThat(bucket.faults().headers("PUT", "quakes-1f-0000-00005", header + "-aws-kms-key-id"))
                .containsExactly(key, key);
        // Redshift reads what KMS encrypted without being told of it; ENCRYPTED is for keys of clients.
        assertThat(door.loads()).singleElement().asString().doesNotContain("ENCRYPTED", "MASTER_SYMMETRIC_KEY", key);
        assertThat(taken()).containsExactly(1L);
    }

    @Test
    void othersDoNotWaitWhileAFileIsStaged() throws Exception {
        RowReceiver receiver = open(TYPE, "endpoint", bucket.faultyEndpoint());
        receiver.receive(name(0), rows(TYPE, 1L, "one"));
        List<String> locks = new ArrayList<>();
        bucket.faults().before("PUT", "quakes-1f-0000-00001.json", () -> {
            try {
                locks.addAll(server.rows("SELECT mode FROM pg_locks WHERE relation = 'millrace_offsets'::regclass"));
                locks.add("looked");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        receiver.receive(name(1), rows(TYPE, 2L, "two"));
        assertThat(locks).containsExactly("looked");
    }

    @Test
    void whatEarlierLivesStagedIsDeletedWithTheFirstBatch() throws Exception {
        RowReceiver first = open(TYPE);
        door.deny(true);
        assertThatThrownBy(() -> first.receive(name(0), rows(TYPE, 1L, "one"))).isInstanceOf(IOException.class);
        door.deny(false);
        assertThat(staged()).contains("staged/a/1/quakes-1f-0000-00000.manifest");
        open(TYPE).receive(name(0), rows(TYPE, 1L, "one"));
        assertThat(staged()).noneMatch(key -> key.startsWith("staged/"));
        assertThat(taken()).containsExactly(1L);
    }

    @Test
    void whatALaterEpochHasStagedIsNotDeleted() throws Exception {
        RowReceiver receiver = open(TYPE);
        bucket.put("staged/a/0/left.json", new byte[] {1});
        bucket.put("staged/a/before-epochs.json", new byte[] {1});
        bucket.put("staged/a/10/next.json", new byte[] {1});
        try {
            receiver.receive(name(0), rows(TYPE, 1L, "one"));
            assertThat(staged()).filteredOn(key -> key.startsWith("staged/")).containsExactly("staged/a/10/next.json");
        } finally {
            bucket.delete("staged/a/10/next.json");
        }
    }

    @Test
    void certificatesAreThoseThatJavaTrustsAlsoWhereTheUrlAsksForThem() throws Exception {
        for (String mode : List.of("sslmode=verify-ca", "sslmode=verify-full", "ssl=true")) {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread answers = Thread.ofVirtual().start(() -> {
                    try (Socket asked = server.accept()) {
                        asked.getInputStream().readNBytes(8);
                        asked.getOutputStream().write('S');
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                Database database = new Database(
                        "jdbc:redshift://127.0.0.1:" + server.getLocalPort() + "/x?" + mode,
                        Dialect.REDSHIFT,
                        "a",
                        "b",
                        Duration.ofSeconds(5));
                assertThatThrownBy(database::connect)
                        .isInstanceOf(SQLException.class)
                        .hasMessageNotContaining("root certificate")
                        .hasMessageContaining("SSL error");
                answers.join();
            }
        }
    }

    @Test
    void theConnectionIsEncryptedUnlessTheUrlSaysOtherwise() {
        String plain = url().replaceFirst("&sslmode=disable", "");
        TableReceiver receiver = (TableReceiver) Receivers.open(
                factory(),
                "a",
                plain,
                TYPE,
                json(),
                options().entrySet().stream()
                        .flatMap(option -> Stream.of(option.getKey(), option.getValue()))
                        .toArray(String[]::new));
        open.add(receiver);
        assertThatThrownBy(receiver::check).isInstanceOf(IOException.class).hasMessageContaining("SSL");
    }

    @Test
    void aTableThatLacksAColumnIsRefusedWhenTheDeliveryIsMade() throws Exception {
        server.execute("ALTER TABLE quakes DROP COLUMN name");
        assertThatThrownBy(() -> open(TYPE).check())
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("has no column 'name'");
    }
}
