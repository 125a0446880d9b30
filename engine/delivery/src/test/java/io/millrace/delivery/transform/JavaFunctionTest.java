package io.millrace.delivery.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.function.DeliveryFunction;
import io.millrace.spi.function.TransformedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JavaFunctionTest {

    private static final List<DeliveryRecord> RECORDS = List.of(record("one", 1), record("two", 2));

    private static DeliveryRecord record(String data, int number) {
        return new DeliveryRecord(bytes(data), "shard:" + number, 1_000_001L * number, Map.of("own", "1"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static JavaFunction of(Supplier<DeliveryFunction> maker, String timeout) {
        Options options = new Options(Map.of("transform", "clean", "transform_timeout", timeout));
        return new JavaFunction(
                FunctionSettings.from(options, "d", true),
                maker,
                Thread.ofPlatform().daemon().factory());
    }

    private static JavaFunction of(DeliveryFunction function) {
        return of(() -> function, "1 min");
    }

    private static void assertFails(CompletableFuture<ProcessedRecords> call, String code, String message) {
        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(FunctionFailedException.class, failure -> {
                    assertThat(failure.errorCode()).isEqualTo(code);
                    assertThat(failure).hasMessageContaining("function clean " + message);
                });
    }

    @Test
    void recordsGoWithTheirTimesAndComeBackWithKeys() {
        List<Instant> arrivals = new ArrayList<>();
        try (JavaFunction function = of(records -> {
            records.forEach(record -> arrivals.add(record.arrival()));
            return List.of(TransformedRecord.ok(bytes("uno"), Map.of("k", "7")), TransformedRecord.failed("not today"));
        })) {
            ProcessedRecords done = function.call(RECORDS).join();
            assertThat(arrivals).containsExactly(Instant.ofEpochSecond(1, 1000), Instant.ofEpochSecond(2, 2000));
            assertThat(done.records()).singleElement().satisfies(record -> {
                assertThat(text(record.data())).isEqualTo("uno");
                assertThat(record.position()).isEqualTo("shard:1");
                assertThat(record.keys()).isEqualTo(Map.of("own", "1", "k", "7"));
            });
            assertThat(done.failed()).singleElement().satisfies(failed -> {
                assertThat(text(failed.record().data())).isEqualTo("two");
                assertThat(failed.reason()).isEqualTo("the function says: not today");
                assertThat(failed.processing().errorCode()).isEqualTo("Lambda.ProcessingFailedStatus");
                assertThat(failed.processing().function()).isEqualTo("clean");
            });
        }
    }

    @Test
    void whatIsDroppedIsNowhere() {
        try (JavaFunction function = of(records -> Collections.nCopies(2, TransformedRecord.dropped()))) {
            ProcessedRecords done = function.call(RECORDS).join();
            assertThat(done.records()).isEmpty();
            assertThat(done.failed()).isEmpty();
        }
    }

    @Test
    void anAnswerOfTooFewOrNoneIsAFailedCall() {
        try (JavaFunction few = of(records -> List.of(TransformedRecord.dropped()));
                JavaFunction none = of(records -> null);
                JavaFunction gap = of(records -> Arrays.asList(TransformedRecord.dropped(), null))) {
            assertFails(few.call(RECORDS), "Lambda.MissingRecordId", "answers 1 records of 2");
            assertFails(none.call(RECORDS), "Lambda.MissingRecordId", "answers 0 records of 2");
            assertFails(gap.call(RECORDS), "Lambda.MissingRecordId", "does not answer record 1 of 2");
        }
    }

    @Test
    void whateverIsThrownIsAFailedCall() {
        try (JavaFunction checked = of(records -> {
                    throw new java.io.IOException("no database");
                });
                JavaFunction error = of(records -> {
                    throw new NoClassDefFoundError("gone");
                });
                JavaFunction unmade = of(
                        () -> {
                            throw new IllegalStateException("no instance");
                        },
                        "1 min")) {
            assertFails(checked.call(RECORDS), "Lambda.FunctionError", "failed: java.io.IOException: no database");
            assertFails(error.call(RECORDS), "Lambda.FunctionError", "failed: java.lang.NoClassDefFoundError: gone");
            assertFails(unmade.call(RECORDS), "Lambda.FunctionError", "failed: java.lang.IllegalStateException");
        }
    }

    @Test
    void anAnswerHasABound() {
        byte[] large = new byte[(int) (JavaCalls.ANSWER_BYTES_MAX / 2) + 1];
        try (JavaFunction function = of(records -> Collections.nCopies(2, TransformedRecord.ok(large)))) {
            assertFails(function.call(RECORDS), "Lambda.FunctionError", "answers with 67108866 bytes");
        }
    }

    @Test
    void whatTheFunctionDoesToItsBytesIsNotInTheRecord() {
        try (JavaFunction function = of(records -> {
            records.forEach(record -> Arrays.fill(record.data(), (byte) 'x'));
            return Collections.nCopies(2, TransformedRecord.failed("spoiled"));
        })) {
            assertThat(function.call(RECORDS).join().failed())
                    .extracting(failed -> text(failed.record().data()))
                    .containsExactly("one", "two");
        }
    }

    @Test
    void aCallThatTakesTooLongIsInterruptedAndItsInstanceLeft() {
        AtomicInteger made = new AtomicInteger();
        try (JavaFunction function = of(
                () -> {
                    int number = made.incrementAndGet();
                    return records -> {
                        if (number == 1) {
                            new CountDownLatch(1).await();
                        }
                        return Collections.nCopies(2, TransformedRecord.ok(bytes("by " + number)));
                    };
                },
                "50 ms")) {
            assertFails(function.call(RECORDS), "Lambda.FunctionTimedOut", "did not end in 0.05 s");
            ProcessedRecords done = null;
            while (done == null) {
                done = function.call(RECORDS).exceptionally(failure -> null).join();
            }
            assertThat(text(done.records().getFirst().data())).isEqualTo("by 2");
        }
    }

    @Test
    void aFunctionThatHeedsNoInterruptHoldsOneThread() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (JavaFunction function = of(
                () -> records -> {
                    calls.incrementAndGet();
                    awaitUninterruptibly(end);
                    return Collections.nCopies(2, TransformedRecord.dropped());
                },
                "20 ms")) {
            assertFails(function.call(RECORDS), "Lambda.FunctionTimedOut", "did not end");
            assertFails(function.call(RECORDS), "Lambda.FunctionTimedOut", "has not ended a call");
            assertThat(calls).hasValue(1);
            end.countDown();
            ProcessedRecords done = null;
            while (done == null) {
                done = function.call(RECORDS).exceptionally(failure -> null).join();
            }
            assertThat(done.records()).isEmpty();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // This is the function that heeds none.
            }
        }
    }

    @Test
    void closingInterruptsTheCallUnderWay() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        JavaFunction function = of(records -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return List.of();
        });
        CompletableFuture<ProcessedRecords> call = function.call(RECORDS);
        begun.await();
        function.close();
        assertFails(call, "Lambda.FunctionError", "failed: java.lang.InterruptedException");
    }
}
