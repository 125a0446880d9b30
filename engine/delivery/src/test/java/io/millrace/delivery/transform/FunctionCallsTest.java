package io.millrace.delivery.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FunctionCallsTest {

    /** A function whose calls are answered when a test says so. */
    private static final class OpenCalls implements RecordFunction {

        private final Map<String, CompletableFuture<ProcessedRecords>> open = new LinkedHashMap<>();
        private int count;

        @Override
        public CompletableFuture<ProcessedRecords> call(List<DeliveryRecord> records) {
            count++;
            CompletableFuture<ProcessedRecords> answer = new CompletableFuture<>();
            open.put(text(records.getFirst()), answer);
            return answer;
        }

        void answer(String first) {
            ProcessedRecords out = new ProcessedRecords();
            out.add(record("+" + first));
            open.remove(first).complete(out);
        }

        void fail(String first) {
            open.remove(first)
                    .completeExceptionally(new FunctionFailedException("Lambda.FunctionError", "f", "is ill"));
        }
    }

    private final OpenCalls function = new OpenCalls();
    private Instant now = Instant.EPOCH;
    private int told;

    private FunctionCalls calls(int retries) {
        return new FunctionCalls(function, retries, FunctionCalls.CALLS_MAX, () -> told++);
    }

    private static DeliveryRecord record(String text) {
        return new DeliveryRecord(text.getBytes(StandardCharsets.UTF_8), "shard:1", 0, Map.of());
    }

    private static String text(DeliveryRecord record) {
        return new String(record.data(), StandardCharsets.UTF_8);
    }

    private static GatheredRecords gathered(long end, boolean endsEntry, String... texts) {
        List<DeliveryRecord> records =
                Arrays.stream(texts).map(FunctionCallsTest::record).toList();
        return new GatheredRecords(records, List.of(), end, endsEntry);
    }

    private static List<String> texts(FunctionCalls.Done done) {
        return done.records().records().stream().map(FunctionCallsTest::text).toList();
    }

    private void later(FunctionCalls calls, long millis) {
        now = now.plusMillis(millis);
        calls.advance(now);
    }

    @Test
    void onlyTheCallThatFailedIsMadeAgainAndFails() {
        FunctionCalls calls = calls(1);
        for (String text : List.of("a", "b", "c", "d")) {
            assertThat(calls.hasRoom()).isTrue();
            calls.add(gathered(text.charAt(0), true, text));
        }
        calls.advance(now);
        assertThat(calls.hasRoom()).isFalse();
        assertThat(function.open).containsOnlyKeys("a", "b", "c", "d");
        List.of("d", "a", "c").forEach(function::answer);
        function.fail("b");
        assertThat(told).isEqualTo(4);
        calls.advance(now);
        assertThat(texts(calls.take())).containsExactly("+a");
        assertThat(calls.take()).isNull();
        assertThat(calls.dueAt()).isEqualTo(now.plusMillis(100));
        later(calls, 99);
        assertThat(function.open).isEmpty();
        later(calls, 1);
        assertThat(function.open).containsOnlyKeys("b");
        function.fail("b");
        calls.advance(now);
        FunctionCalls.Done rest = calls.take();
        assertThat(texts(rest)).containsExactly("+c", "+d");
        assertThat(rest.end()).isEqualTo('d');
        assertThat(rest.records().failed()).singleElement().satisfies(failed -> {
            assertThat(text(failed.record())).isEqualTo("b");
            assertThat(failed.processing().attempts()).isEqualTo(2);
            assertThat(failed.processing().errorCode()).isEqualTo("Lambda.FunctionError");
        });
        assertThat(function.count).isEqualTo(5);
    }

    @Test
    void anEntryOfSeveralCallsIsTakenWhole() {
        FunctionCalls calls = calls(0);
        calls.add(gathered(1, true, "a"));
        calls.add(gathered(1, false, "b1"));
        calls.add(gathered(2, true, "b2"));
        calls.advance(now);
        function.answer("a");
        function.answer("b1");
        calls.advance(now);
        FunctionCalls.Done first = calls.take();
        assertThat(texts(first)).containsExactly("+a");
        assertThat(first.end()).isEqualTo(1);
        assertThat(calls.take()).isNull();
        function.answer("b2");
        calls.advance(now);
        FunctionCalls.Done second = calls.take();
        assertThat(texts(second)).containsExactly("+b1", "+b2");
        assertThat(second.end()).isEqualTo(2);
    }

    @Test
    void manyCallsOfOneEntryDoNotWaitForEachOther() {
        FunctionCalls calls = calls(0);
        for (int i = 0; i < 10; i++) {
            assertThat(calls.hasRoom()).isTrue();
            calls.add(gathered(i < 9 ? 6 : 7, i == 9, "r" + i));
            calls.advance(now);
            assertThat(calls.take()).isNull();
            function.answer("r" + i);
            calls.advance(now);
        }
        FunctionCalls.Done done = calls.take();
        assertThat(done.records().records()).hasSize(10);
        assertThat(done.end()).isEqualTo(7);
    }

    @Test
    void whatFailsForEverIsTold() {
        FunctionCalls calls = calls(-1);
        calls.add(gathered(1, true, "a"));
        calls.advance(now);
        for (int i = 0; i < 20; i++) {
            assertThat(calls.trouble() != null).as("after %s failures", i).isEqualTo(i > 3);
            function.fail("a");
            calls.advance(now);
            assertThat(calls.take()).isNull();
            later(calls, 12_800);
        }
        function.answer("a");
        calls.advance(now);
        assertThat(calls.trouble()).isNull();
        assertThat(texts(calls.take())).containsExactly("+a");
    }

    @Test
    void recordsThatAllFailedBeforeAreNoCall() {
        FunctionCalls calls = calls(0);
        FailedRecord failed = failed();
        calls.add(new GatheredRecords(List.of(), List.of(failed), 3, true));
        calls.advance(now);
        FunctionCalls.Done done = calls.take();
        assertThat(done.records().failed()).containsExactly(failed);
        assertThat(function.count).isZero();
    }

    private static FailedRecord failed() {
        ProcessedRecords out = new ProcessedRecords();
        out.fail(record("x"), "Some.Code", "some reason");
        return out.failed().getFirst();
    }
}
