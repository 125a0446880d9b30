package io.millrace.delivery.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.Origins;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Entries entries = new Entries();
    private Instant now = Origins.FIRST;

    /** Entries in memory. */
    private static final class Entries implements SplitReader {

        private static final RowType TYPE = RowType.of(Field.nullable("data", DataType.VARBINARY));

        private final List<byte[]> all = new ArrayList<>();
        private int position;

        void add(String... texts) {
            for (String text : texts) {
                all.add(text.getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
            int size = (int) Math.min(entriesMax, Math.min(all.size(), endPosition) - position);
            if (size <= 0) {
                return null;
            }
            BytesColumn data = new BytesColumn(size);
            for (int i = 0; i < size; i++) {
                data.append(i, all.get(position + i));
            }
            RowBatch rows = new RowBatch(TYPE, new Column[] {data});
            rows.size(size);
            rows.origins(new Origins(Origins.FIRST, position));
            position += size;
            return new SourceBatch(rows, List.of(), Long.MIN_VALUE);
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() {}
    }

    private Gathering gathering(GatheringLimits limits, RecordProcessor... steps) {
        return new Gathering(entries, new ProcessorChain(List.of(steps)), limits);
    }

    private @Nullable GatheredRecords next(Gathering gathering) {
        return gathering.next(entries.all.size(), 1000, now);
    }

    private static String shown(@Nullable GatheredRecords records) {
        return records == null
                ? "nothing"
                : records.records().stream()
                                .map(record -> new String(record.data(), StandardCharsets.UTF_8))
                                .toList()
                        + " to " + records.end() + (records.endsEntry() ? "" : " in an entry");
    }

    @Test
    void recordsGoTogetherUntilThereIsEnough() {
        Gathering gathering = gathering(new GatheringLimits(4, 3, WAIT));
        entries.add("a", "bb", "ccc", "d", "e");
        assertThat(shown(next(gathering))).isEqualTo("[a, bb] to 2");
        assertThat(shown(next(gathering))).isEqualTo("[ccc, d] to 4");
        assertThat(shown(next(gathering))).isEqualTo("nothing");
        assertThat(gathering.dueAt()).isEqualTo(now.plus(WAIT));
        now = now.plus(WAIT);
        assertThat(shown(next(gathering))).isEqualTo("[e] to 5");
        assertThat(gathering.dueAt()).isNull();
        entries.add("", "", "", "");
        assertThat(shown(next(gathering))).isEqualTo("[, , ] to 8");
    }

    @Test
    void whatBecomesOfAnEntryMayBeSeveralCalls() {
        Gathering gathering = gathering(new GatheringLimits(4, 100, WAIT), new SplitText(new byte[] {','}));
        entries.add("a", "bb,cc,dddd", "e");
        assertThat(shown(next(gathering))).isEqualTo("[a, bb] to 1 in an entry");
        assertThat(shown(next(gathering))).isEqualTo("[cc] to 1 in an entry");
        assertThat(shown(next(gathering))).isEqualTo("[dddd] to 2");
        assertThat(shown(next(gathering))).isEqualTo("nothing");
        now = now.plus(WAIT);
        assertThat(shown(next(gathering))).isEqualTo("[e] to 3");
    }

    @Test
    void entriesOfWhichNothingIsLeftAreToldAsWell() {
        Gathering gathering = gathering(new GatheringLimits(4, 100, WAIT), new SplitText(new byte[] {','}));
        entries.add(",", "");
        assertThat(shown(next(gathering))).isEqualTo("nothing");
        now = now.plus(WAIT);
        assertThat(shown(next(gathering))).isEqualTo("[] to 2");
    }

    /** Each of these entries is 64 KB and becomes 60 MB: all of them at once would fill the memory. */
    @Test
    void notManyEntriesAreUnpackedAtATime() throws IOException {
        byte[] packed = gzip(new byte[60 << 20]);
        for (int i = 0; i < 50; i++) {
            entries.all.add(packed);
        }
        Gathering gathering = gathering(GatheringLimits.NONE, new Decompression());
        for (int end = 2; end <= 50; end += 2) {
            GatheredRecords some = next(gathering);
            assertThat(some).isNotNull();
            assertThat(some.end()).isEqualTo(end);
            assertThat(some.records()).hasSize(2);
        }
        assertThat(next(gathering)).isNull();
    }

    @Test
    void nothingIsReadBeyondTheLimit() {
        Gathering gathering = gathering(new GatheringLimits(100, 100, WAIT));
        entries.add("a", "b", "c");
        assertThat(shown(gathering.next(3, 2, now))).isEqualTo("[a, b] to 2");
        assertThat(gathering.next(3, 2, now)).isNull();
        assertThat(gathering.dueAt()).isNull();
        assertThat(entries.position()).isEqualTo(2);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        }
        return out.toByteArray();
    }
}
