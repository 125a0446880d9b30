package io.millrace.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.function.DeliveryFunction;
import io.millrace.spi.function.DeliveryFunction.ArrivedRecord;
import io.millrace.spi.function.DeliveryFunctionClass;
import io.millrace.spi.function.TransformedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for every function that transforms records of deliveries, whoever wrote it. */
public abstract class DeliveryFunctionContract {

    private static final Instant ARRIVAL = Instant.parse("2026-01-01T00:00:00Z");

    /** Returns the class. */
    protected abstract Class<? extends DeliveryFunction> function();

    /** Returns records to try, at least one. */
    protected abstract List<Example> examples();

    /**
     * A record and what becomes of it.
     *
     * @param becomes its text with the keys of its partition, or {@code dropped}, or {@code failed} and the reason
     */
    public record Example(String record, String becomes) {

        public static Example ok(String record, String data, Map<String, String> keys) {
            return new Example(record, "ok " + data + " " + keys);
        }

        public static Example dropped(String record) {
            return new Example(record, "dropped");
        }

        public static Example failed(String record, String reason) {
            return new Example(record, "failed " + reason);
        }
    }

    private DeliveryFunction instance() {
        return new DeliveryFunctionClass(function()).instance();
    }

    private List<ArrivedRecord> records() {
        return examples().stream()
                .map(example -> new ArrivedRecord(example.record().getBytes(StandardCharsets.UTF_8), ARRIVAL))
                .toList();
    }

    private static String text(TransformedRecord record) {
        return switch (record) {
            case TransformedRecord.Ok ok ->
                "ok " + new String(ok.data(), StandardCharsets.UTF_8) + " " + ok.partitionKeys();
            case TransformedRecord.Dropped dropped -> "dropped";
            case TransformedRecord.ProcessingFailed failed -> "failed " + failed.reason();
        };
    }

    @Test
    void canBeCreated() {
        assertThat(instance()).isInstanceOf(function());
        assertThat(examples()).isNotEmpty();
    }

    @Test
    void answersEachRecordAsItsExamplesSay() throws Exception {
        assertThat(instance().transform(records()))
                .extracting(DeliveryFunctionContract::text)
                .containsExactlyElementsOf(
                        examples().stream().map(Example::becomes).toList());
    }

    /** A delivery calls with as many records as have come, and again after a crash. */
    @Test
    void answersTheSameOneByOneAndAgain() throws Exception {
        DeliveryFunction one = instance();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < examples().size(); i++) {
                assertThat(one.transform(List.of(records().get(i))))
                        .extracting(DeliveryFunctionContract::text)
                        .containsExactly(examples().get(i).becomes());
            }
        }
    }

    @Test
    void answersNoRecordsWithNone() throws Exception {
        assertThat(instance().transform(List.of())).isEmpty();
    }
}
