package io.millrace.delivery.transform;

import io.millrace.spi.connector.RejectedEntry.Processing;
import io.millrace.spi.function.DeliveryFunction;
import io.millrace.spi.function.DeliveryFunction.ArrivedRecord;
import io.millrace.spi.function.TransformedRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls one instance of a function in Java and sees that it answers as it should. For one thread at a time. */
final class JavaCalls {

    /** Most bytes that a call gives. */
    static final long ANSWER_BYTES_MAX = 64L << 20;

    private final String name;
    private final Supplier<DeliveryFunction> maker;
    private @Nullable DeliveryFunction instance;

    /** @param name what failures call the function */
    JavaCalls(String name, Supplier<DeliveryFunction> maker) {
        this.name = name;
        this.maker = maker;
    }

    /** @throws Exception what the function throws, or that its answer is of no use */
    ProcessedRecords call(List<DeliveryRecord> records) throws Exception {
        if (instance == null) {
            instance = maker.get();
        }
        // Copies: what the function does to them must not be in what is tried again, or reported.
        List<ArrivedRecord> given = records.stream()
                .map(record -> new ArrivedRecord(
                        record.data().clone(), Instant.EPOCH.plus(record.arrivalMicros(), ChronoUnit.MICROS)))
                .toList();
        List<TransformedRecord> answers = instance.transform(given);
        if (answers == null || answers.size() != records.size()) {
            throw new FunctionFailedException(
                    "Lambda.MissingRecordId",
                    name,
                    "answers " + (answers == null ? 0 : answers.size()) + " records of " + records.size());
        }
        requireBounded(answers);
        return taken(records, answers);
    }

    private void requireBounded(List<TransformedRecord> answers) throws FunctionFailedException {
        long bytes = 0;
        for (TransformedRecord answer : answers) {
            bytes += answer instanceof TransformedRecord.Ok ok ? ok.data().length : 0;
        }
        if (bytes > ANSWER_BYTES_MAX) {
            throw new FunctionFailedException(
                    "Lambda.FunctionError",
                    name,
                    "answers with " + bytes + " bytes, of at most " + ANSWER_BYTES_MAX
                            + "; it gets fewer records with a lower transform_bytes");
        }
    }

    private ProcessedRecords taken(List<DeliveryRecord> records, List<TransformedRecord> answers)
            throws FunctionFailedException {
        ProcessedRecords out = new ProcessedRecords();
        for (int i = 0; i < records.size(); i++) {
            DeliveryRecord record = records.get(i);
            switch (answers.get(i)) {
                case null ->
                    throw new FunctionFailedException(
                            "Lambda.MissingRecordId", name, "does not answer record " + i + " of " + records.size());
                case TransformedRecord.Ok ok ->
                    out.add(record.withData(ok.data()).withKeys(ok.partitionKeys()));
                case TransformedRecord.Dropped dropped -> {}
                case TransformedRecord.ProcessingFailed failed ->
                    out.fail(
                            record,
                            new Processing("Lambda.ProcessingFailedStatus", 1, name),
                            "the function says: " + failed.reason());
            }
        }
        return out;
    }
}
