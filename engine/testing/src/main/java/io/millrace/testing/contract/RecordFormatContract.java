package io.millrace.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RandomRows;
import io.millrace.testing.row.RowValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RecordFormat} does: it reads back what it wrote, gives the same whichever fields are needed
 * and however records are cut into batches, and survives any bytes without losing a record.
 *
 * <p>Give {@code -Dmillrace.seed=N} to repeat a run.
 */
public abstract class RecordFormatContract {

    private static final int ROWS = 300;
    private static final byte[] FOES = {
        0, '"', '\\', '{', '}', '[', ',', ':', '\n', '\r', ' ', '9', 'u', 'e', -1, -62, -128
    };

    private final long seed = Long.getLong("millrace.seed", 20_261_120L);
    private final Random random = new Random(seed);

    /** Returns the format. */
    protected abstract RecordFormat format();

    /** Returns a schema with every type the format has a form for. */
    protected abstract RowType schema();

    /** Returns the options the format is tried with. */
    protected Options options() {
        return Options.NONE;
    }

    /** Returns a compiler for formats that generate code; by default one that refuses. */
    protected ClassCompiler compiler() {
        return new ClassCompiler() {
            @Override
            public <T> T instantiate(String className, String source, Class<T> contract, Set<Class<?>> used) {
                throw new MillraceException(ErrorCode.INTERNAL, "this format was thought to need no compiler");
            }
        };
    }

    @Test
    void isFoundByItsName() {
        List<String> names = ServiceLoader.load(RecordFormat.class).stream()
                .map(provider -> provider.get().name())
                .toList();
        assertThat(names).contains(format().name());
    }

    @Test
    void readsBackWhatItWrote() {
        RowBatch rows = new RandomRows(random, 0.125).batch(schema(), ROWS);
        DecodedRows decoded = decode(encode(rows), 0, ROWS);
        assertThat(decoded.rejections()).as(seed()).isEmpty();
        assertThat(RowValues.of(decoded.rows())).as(seed()).isEqualTo(RowValues.of(rows));
        assertThat(decoded.recordOfRow())
                .as(seed())
                .startsWith(IntStream.range(0, ROWS).toArray());
    }

    @Test
    void writesOnlyRowsThatCount() {
        RowBatch rows = new RandomRows(random, 0.125).batch(schema(), ROWS);
        rows.select(IntStream.range(0, ROWS).filter(row -> row % 3 == 1).toArray(), ROWS / 3);
        DecodedRows decoded = decode(encode(rows), 0, ROWS / 3);
        assertThat(RowValues.of(decoded.rows())).as(seed()).isEqualTo(RowValues.of(rows));
    }

    @Test
    void writesAgainIntoTheSameColumn() {
        BytesColumn out = new BytesColumn(0);
        var encoder = format().encoder(schema(), options());
        encoder.encode(new RandomRows(random, 0.125).batch(schema(), ROWS), out);
        RowBatch rows = new RandomRows(random, 0.125).batch(schema(), ROWS);
        encoder.encode(rows, out);
        assertThat(RowValues.of(decode(out, 0, ROWS).rows())).as(seed()).isEqualTo(RowValues.of(rows));
    }

    @Test
    void neededFieldsAreTheSameAsWhenAllAreNeeded() {
        RowBatch rows = new RandomRows(random, 0.125).batch(schema(), ROWS);
        BytesColumn records = encode(rows);
        for (int round = 0; round < 20; round++) {
            int[] needed = someFields();
            DecodedRows decoded = new DecodedRows(RowBatch.create(schema().project(needed), 1));
            decoder(needed).decode(records, 0, ROWS, decoded);
            assertThat(RowValues.of(decoded.rows()))
                    .as("%s, fields %s", seed(), Arrays.toString(needed))
                    .isEqualTo(RowValues.of(projected(rows, needed)));
        }
    }

    @Test
    void batchingChangesNothing() {
        RowBatch rows = new RandomRows(random, 0.125).batch(schema(), ROWS);
        BytesColumn records = encode(rows);
        for (int round = 0; round < 10; round++) {
            RowDecoder decoder = decoder(allFields());
            DecodedRows together = new DecodedRows(RowBatch.create(schema(), 1));
            DecodedRows each = new DecodedRows(RowBatch.create(schema(), 1));
            RowBatch collected = RowBatch.create(schema(), 1);
            for (int from = 0; from < ROWS; ) {
                int to = Math.min(ROWS, from + 1 + random.nextInt(40));
                decoder.decode(records, from, to, together);
                each.clear();
                decoder.decode(records, from, to, each);
                for (int row = 0; row < each.rows().size(); row++) {
                    collected.appendFrom(each.rows(), row);
                }
                from = to;
            }
            assertThat(RowValues.of(together.rows())).as(seed()).isEqualTo(RowValues.of(rows));
            assertThat(RowValues.of(collected)).as(seed()).isEqualTo(RowValues.of(rows));
        }
    }

    @Test
    void rowsOfAnotherArrayStayWhatTheyWere() {
        RowBatch rows = new RandomRows(random, 0.125).batch(schema(), ROWS);
        BytesColumn records = encode(rows);
        RowDecoder decoder = decoder(allFields());
        DecodedRows decoded = new DecodedRows(RowBatch.create(schema(), 1));
        for (int from = 0; from < ROWS; from += ROWS / 3) {
            BytesColumn part = new BytesColumn(ROWS / 3);
            for (int i = 0; i < ROWS / 3; i++) {
                part.append(i, records.get(from + i));
            }
            decoder.decode(part, 0, ROWS / 3, decoded);
        }
        assertThat(RowValues.of(decoded.rows())).as(seed()).isEqualTo(RowValues.of(rows));
    }

    @Test
    void noByteOfARecordIsAbleToBreakIt() {
        RowBatch rows = new RandomRows(random, 0.125).batch(schema(), 12);
        BytesColumn records = encode(rows);
        RowDecoder decoder = decoder(allFields());
        for (int record = 0; record < 12; record++) {
            byte[] intact = records.get(record);
            for (int at = 0; at < intact.length; at++) {
                byte[] changed = intact.clone();
                changed[at] = FOES[random.nextInt(FOES.length)];
                checkSurvives(decoder, records, changed, rows);
                checkSurvives(decoder, records, Arrays.copyOf(intact, at), rows);
                byte[] random8 = intact.clone();
                for (int i = at; i < Math.min(at + 8, intact.length); i++) {
                    random8[i] = (byte) random.nextInt(256);
                }
                checkSurvives(decoder, records, random8, rows);
            }
        }
    }

    /** The bad record lies between two good ones, which must be read as if it were not there. */
    private void checkSurvives(RowDecoder decoder, BytesColumn records, byte[] bad, RowBatch rows) {
        BytesColumn three = new BytesColumn(3);
        three.append(0, records.get(0));
        three.append(1, bad);
        three.append(2, records.get(1));
        byte[] exact = Arrays.copyOf(three.data(), three.ends()[2]);
        three.share(exact); // the array ends where the last record does: nothing may be read behind it
        DecodedRows decoded = new DecodedRows(RowBatch.create(schema(), 3));
        decoder.decode(three, 0, 3, decoded);
        DecodedRows last = new DecodedRows(RowBatch.create(schema(), 3));
        three.share(Arrays.copyOf(exact, three.ends()[1]));
        decoder.decode(three, 1, 2, last);
        assertThat(last.rejections().size())
                .as(seed())
                .isEqualTo(decoded.rejections().size());
        int size = decoded.rows().size();
        long ofBad = Arrays.stream(decoded.recordOfRow(), 0, size)
                .filter(record -> record == 1)
                .count();
        assertThat(decoded.rejections()).as(seed()).allMatch(rejection -> rejection.record() == 1);
        assertThat(decoded.rejections()).as(seed()).hasSize(ofBad == 0 ? 1 : 0);
        List<List<@Nullable Object>> expected = RowValues.of(rows);
        List<List<@Nullable Object>> actual = RowValues.of(decoded.rows());
        assertThat(actual.get(0)).as(seed()).isEqualTo(expected.get(0));
        assertThat(actual.get(size - 1)).as(seed()).isEqualTo(expected.get(1));
    }

    @Test
    void anUnknownOptionIsRefused() {
        Options wrong = new Options(Map.of("no_such_option", "1"));
        assertThatThrownBy(() -> format().decoder(schema(), allFields(), wrong, compiler()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("no_such_option");
        assertThatThrownBy(() -> format().encoder(schema(), wrong)).isInstanceOf(MillraceException.class);
    }

    private BytesColumn encode(RowBatch rows) {
        BytesColumn records = new BytesColumn(0);
        format().encoder(schema(), options()).encode(rows, records);
        return records;
    }

    private DecodedRows decode(BytesColumn records, int from, int to) {
        DecodedRows decoded = new DecodedRows(RowBatch.create(schema(), 1));
        decoder(allFields()).decode(records, from, to, decoded);
        return decoded;
    }

    private RowDecoder decoder(int[] needed) {
        return format().decoder(schema(), needed, options(), compiler());
    }

    private int[] allFields() {
        return IntStream.range(0, schema().size()).toArray();
    }

    private int[] someFields() {
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, schema().size()).boxed().toList());
        Collections.shuffle(places, random);
        return places.stream()
                .limit(random.nextInt(places.size() + 1))
                .mapToInt(i -> i)
                .toArray();
    }

    private static RowBatch projected(RowBatch rows, int[] fields) {
        RowBatch projected = new RowBatch(
                rows.type().project(fields),
                Arrays.stream(fields).mapToObj(rows::column).toArray(io.millrace.spi.row.Column[]::new));
        projected.size(rows.size());
        return projected;
    }

    private String seed() {
        return "seed " + seed;
    }

    /** Returns a schema of nullable fields named {@code c0}, {@code c1}, … */
    protected static RowType schemaOf(io.millrace.spi.type.DataType... types) {
        return new RowType(IntStream.range(0, types.length)
                .mapToObj(i -> Field.nullable("c" + i, types[i]))
                .toList());
    }
}
