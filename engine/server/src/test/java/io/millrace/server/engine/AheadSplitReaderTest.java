package io.millrace.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.Rowtime;
import io.millrace.runtime.code.JaninoClassCompiler;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.Options;
import io.millrace.spi.connector.PreparedRows;
import io.millrace.spi.connector.RowPreparation;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AheadSplitReaderTest {

    private static final RowType COLUMNS =
            RowType.of(Field.nullable("n", DataType.BIGINT), Field.nullable("name", DataType.VARCHAR));
    private static final int LANES = 3;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private Engine engine;
    private SqlSession session;
    private ShardLog shard;

    @BeforeEach
    void open(@TempDir Path directory) {
        engine = Engine.open(directory);
        session = engine.open("millrace", "test");
        execute("CREATE STREAM numbers (n BIGINT, name VARCHAR) WITH (format = 'json')");
        shard = engine.streams().log("numbers").shards().getFirst();
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
        threads.shutdown();
    }

    private void execute(String statement) {
        try (ResultCursor cursor = session.execute(session.prepare(statement, List.of()), List.of())) {
            while (!cursor.finished()) {
                cursor.poll(Duration.ofSeconds(10));
            }
        }
    }

    private StreamSplitReader plain(long position) {
        StreamDefinition definition =
                new StreamDefinition("numbers", COLUMNS, new Rowtime.Arrival(), new Options(Map.of("format", "json")));
        List<Field> wanted = new ArrayList<>(COLUMNS.fields());
        wanted.add(SystemColumns.ROWTIME);
        return new StreamSplitReader(
                shard,
                position,
                definition,
                new RowType(wanted),
                new Formats().recordFormat("json"),
                new JaninoClassCompiler(),
                () -> false);
    }

    private SplitReader ahead(long position) {
        return new AheadSplitReader(position, this::plain, OddRows::new, threads, LANES);
    }

    /** Appends records of which some are no JSON, and now and then typed rows. */
    private void append(Random random, int appends) {
        RecordBatch batch = new RecordBatch();
        for (int i = 0; i < appends; i++) {
            if (random.nextInt(6) == 0) {
                execute("INSERT INTO numbers VALUES (" + random.nextInt(100) + ", 'typed')");
                continue;
            }
            batch.clear();
            int records = 1 + random.nextInt(60);
            for (int k = 0; k < records; k++) {
                String record = random.nextInt(20) == 0
                        ? "{broken"
                        : "{\"n\": " + (random.nextInt(30) == 0 ? "null" : random.nextInt(1000)) + ", \"name\": \""
                                + "x".repeat(random.nextInt(9)) + "\"}";
                batch.add(new byte[] {'k'}, record.getBytes(StandardCharsets.UTF_8));
            }
            shard.append(batch, null).join();
        }
    }

    /** Makes a batch of the odd numbers, and fails where there is none; into one array, as a projection does. */
    private static final class OddRows implements RowPreparation {
        private int[] selection = {};

        @Override
        public PreparedRows prepare(RowBatch rows) {
            List<PreparedRows.Failure> failures = new ArrayList<>();
            selection = selection.length < rows.size() ? new int[rows.size()] : selection;
            int count = 0;
            for (int row = 0; row < rows.size(); row++) {
                Object number = JavaValues.row(rows, row).getFirst();
                if (number == null) {
                    failures.add(new PreparedRows.Failure(row, ErrorCode.NULL_NOT_ALLOWED, "row " + row));
                } else if ((Long) number % 2 == 1) {
                    selection[count++] = row;
                }
            }
            Column[] columns = new Column[rows.columnCount()];
            Arrays.setAll(columns, rows::column);
            RowBatch odd = new RowBatch(rows.type(), columns);
            odd.size(rows.size());
            odd.select(selection, count);
            return new PreparedRows(odd, failures);
        }
    }

    /** What a reader gave so far, pieces put together. */
    private static final class Given {
        final List<List<@Nullable Object>> rows = new ArrayList<>();
        final List<String> rejected = new ArrayList<>();
        long bound = Long.MIN_VALUE;
        int prepared;

        boolean poll(SplitReader reader, long end, int entriesMax) {
            long before = reader.position();
            SourceBatch batch = reader.poll(end, entriesMax);
            if (batch == null) {
                return false;
            }
            for (int i = 0; i < batch.rows().selectedCount(); i++) {
                rows.add(JavaValues.row(batch.rows(), batch.rows().selectedRow(i)));
            }
            if (batch.prepared() != null) {
                prepared++;
                assertThat(texts(batch.prepared())).isEqualTo(texts(new OddRows().prepare(batch.rows())));
            }
            batch.rejected().forEach(entry -> rejected.add(entry.position() + " " + entry.reason()));
            bound = Math.max(bound, batch.rowtimeBound());
            assertThat(reader.position())
                    .isLessThanOrEqualTo(Math.min(end, before + entriesMax))
                    .isGreaterThan(before);
            return true;
        }

        private static List<String> texts(PreparedRows prepared) {
            List<String> texts = new ArrayList<>();
            RowBatch rows = prepared.rows();
            for (int i = 0; i < rows.selectedCount(); i++) {
                texts.add(JavaValues.row(rows, rows.selectedRow(i)).toString());
            }
            prepared.failures().forEach(failure -> texts.add(failure.toString()));
            return texts;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void rowsAreThoseOfAReaderThatDoesNotReadAhead(long seed) {
        Random random = new Random(seed);
        append(random, 40);
        int usual = 1 + random.nextInt(50);
        Given given = new Given();
        try (SplitReader ahead = ahead(0)) {
            int more = 10;
            while (more > 0 || ahead.position() < shard.endIndex()) {
                if (more > 0 && random.nextInt(5) == 0) {
                    append(random, random.nextInt(5));
                    more--;
                }
                int entries = random.nextInt(5) == 0 ? 1 + random.nextInt(80) : usual;
                long end = random.nextInt(5) == 0
                        ? Math.min(shard.endIndex(), ahead.position() + random.nextInt(60))
                        : shard.endIndex();
                given.poll(ahead, end, entries);
            }
        }
        Given expected = new Given();
        try (SplitReader plain = plain(0)) {
            while (expected.poll(plain, shard.endIndex(), 1000)) {}
        }
        assertThat(given.rows).isEqualTo(expected.rows).hasSizeGreaterThan(300);
        assertThat(given.rejected).isEqualTo(expected.rejected).isNotEmpty();
        assertThat(given.bound).isEqualTo(expected.bound);
        // What is read where it is asked for is not prepared.
        assertThat(given.prepared).isPositive();
        assertThat(expected.prepared).isZero();
    }

    @Test
    void readerThatIsClosedEarlyLeavesNothingRunning() {
        append(new Random(1), 100);
        for (int i = 0; i < 20; i++) {
            try (SplitReader ahead = ahead(0)) {
                assertThat(new Given().poll(ahead, shard.endIndex(), 20)).isTrue();
            }
        }
    }

    @Test
    void readersAreOpenedWhereTheyRead() {
        RecordBatch batch = new RecordBatch();
        for (int i = 0; i < 100; i++) {
            batch.add(new byte[] {'k'}, "{}".getBytes(StandardCharsets.UTF_8));
        }
        shard.append(batch, null).join();
        List<Long> opened = new ArrayList<>();
        try (SplitReader ahead = new AheadSplitReader(
                10,
                at -> {
                    opened.add(at);
                    return plain(at);
                },
                null,
                threads,
                LANES)) {
            assertThat(new Given().poll(ahead, shard.endIndex(), 20)).isTrue();
        }
        // What lies before may have been trimmed by the time that reading ahead pays.
        assertThat(opened).containsExactly(10L, 30L, 50L, 70L);
    }

    @Test
    void failureComesWhereItsPieceIsAskedFor() {
        append(new Random(2), 100);
        SplitReader ahead = ahead(0);
        assertThat(new Given().poll(ahead, shard.endIndex(), 20)).isTrue();
        execute("DROP STREAM numbers");
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        new Given().poll(ahead, 1000, 20);
                    }
                })
                .isInstanceOfAny(MillraceException.class, IllegalStateException.class);
        ahead.close();
    }
}
