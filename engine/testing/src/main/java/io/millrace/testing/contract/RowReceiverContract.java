package io.millrace.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.spi.Options;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.connector.ReceiverFactory;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.Origins;
import io.millrace.testing.connector.Receivers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link RowReceiver} does. A test of one says where it sends and reads back what is there. */
public abstract class RowReceiverContract {

    /** The rows that are sent: a number, and a name. */
    protected static final RowType TYPE =
            RowType.of(Field.required("id", DataType.BIGINT), Field.nullable("name", DataType.VARCHAR));

    private final List<RowReceiver> open = new ArrayList<>();

    /** Returns the factory that is tested. */
    protected abstract ReceiverFactory factory();

    /** Returns where it sends, to a place that is empty at the start of each test. */
    protected abstract String url() throws Exception;

    /** Returns the options without which it sends nowhere. */
    protected abstract Map<String, String> options();

    /** Returns the JSON format. */
    protected abstract RecordFormat json();

    /** Returns the numbers of the rows that are there, in any order. */
    protected abstract List<Long> taken() throws Exception;

    /** Returns a row that will never be taken. */
    protected abstract List<? extends @Nullable Object> poison();

    /** Returns whether a row that is sent again is there once; otherwise it may be twice. */
    protected boolean knowsRows() {
        return true;
    }

    @AfterEach
    void closeAll() {
        open.forEach(RowReceiver::close);
    }

    private RowReceiver open(String sender) throws Exception {
        return open(sender, options());
    }

    private RowReceiver open(String sender, Map<String, String> options) throws Exception {
        List<String> pairs = new ArrayList<>();
        options.forEach((name, value) -> pairs.addAll(List.of(name, value)));
        RowReceiver receiver =
                (RowReceiver) Receivers.open(factory(), sender, url(), TYPE, json(), pairs.toArray(String[]::new));
        open.add(receiver);
        return receiver;
    }

    private static RowBatch rows(long from, long to) {
        RowBatch rows = Origins.rows(TYPE);
        for (long id = from; id < to; id++) {
            JavaValues.append(rows, List.of(id, "row " + id));
        }
        // Each row has an origin of its own, also over batches.
        rows.origins(new Origins(Origins.FIRST, from));
        return rows;
    }

    private static BatchName name(String file, int number) {
        return new BatchName(file, number);
    }

    private void assertTaken(Long... ids) throws Exception {
        if (knowsRows()) {
            assertThat(taken()).containsExactlyInAnyOrder(ids);
        } else {
            assertThat(new TreeSet<>(taken())).containsExactlyElementsOf(new TreeSet<>(Arrays.asList(ids)));
        }
    }

    @Test
    void rowsAreThereWhenItSaysSo() throws Exception {
        RowReceiver receiver = open("a");
        receiver.check();
        assertThat(receiver.receive(name("f0", 0), rows(0, 3))).isEmpty();
        assertTaken(0L, 1L, 2L);
    }

    @Test
    void aBatchThatIsGivenAgainIsThereOnce() throws Exception {
        RowReceiver receiver = open("a");
        receiver.receive(name("f0", 0), rows(0, 2));
        receiver.receive(name("f0", 1), rows(2, 4));
        receiver.receive(name("f0", 1), rows(2, 4));
        receiver.close();
        RowReceiver next = open("a");
        next.receive(name("f0", 0), rows(0, 2));
        next.receive(name("f0", 1), rows(2, 4));
        next.receive(name("f0", 2), rows(4, 5));
        next.receive(name("f1", 0), rows(5, 6));
        assertTaken(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aRowThatIsRefusedDoesNotStopTheOthersAndIsToldAgain() throws Exception {
        RowReceiver receiver = open("a");
        RowBatch rows = rows(0, 2);
        JavaValues.append(rows, poison());
        JavaValues.append(rows, List.of(3L, "row 3"));
        List<Refusal> refusals = receiver.receive(name("f0", 0), rows);
        assertThat(refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.record()).isEqualTo(2);
            assertThat(refusal.reason()).isNotBlank();
            assertThat(refusal.code().blame()).isEqualTo(ErrorCode.Blame.USER);
        });
        assertTaken(0L, 1L, 3L);
        // The answer may have been lost, also to the next life.
        assertThat(receiver.receive(name("f0", 0), rows)).isEqualTo(refusals);
        assertThat(open("a").receive(name("f0", 0), rows)).isEqualTo(refusals);
        assertTaken(0L, 1L, 3L);
    }

    @Test
    void anEarlierLifeWritesNothingMore() throws Exception {
        RowReceiver stale = open("a");
        assumeThat(stale.exactlyOnce()).isTrue();
        stale.receive(name("f0", 0), rows(0, 1));
        RowReceiver next = open("a");
        next.receive(name("f0", 1), rows(1, 2));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> stale.receive(name("f0", 2), rows(100, 101)))
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> stale.receive(name("f0", 2), rows(100, 101)))
                .hasMessageContaining("another server has taken this delivery over");
        try {
            next.receive(name("f0", 2), rows(2, 3));
        } catch (IOException e) {
            // The other may have disturbed it, once.
            next.receive(name("f0", 2), rows(2, 3));
        }
        open("another").receive(name("f0", 0), rows(3, 4));
        assertTaken(0L, 1L, 2L, 3L);
    }

    @Test
    void anOptionThatIsNotKnownIsRefused() {
        Map<String, String> options = new TreeMap<>(options());
        options.put("colour", "red");
        assertThatThrownBy(() -> open("a", options))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void secretsAreNotShown() throws Exception {
        Set<String> secrets = new TreeSet<>(factory().options());
        secrets.removeIf(option -> !Options.isSecret(option));
        assertThat(secrets).isNotEmpty();
        for (String secret : secrets) {
            Map<String, String> options = new TreeMap<>(options());
            options.put(secret, "sesame");
            assertThat(open("a", options).toString()).doesNotContain("sesame");
        }
    }
}
