package io.millrace.delivery.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps, one behind the other. What a step cannot use fails by itself, whatever the step's trouble with it is: one record
 * must not hold up those behind it. For one thread at a time.
 */
final class ProcessorChain {

    private final List<RecordProcessor> steps;

    ProcessorChain(List<RecordProcessor> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Returns what becomes of records, and what failed. */
    ProcessedRecords process(List<DeliveryRecord> records) {
        ProcessedRecords done = new ProcessedRecords();
        List<DeliveryRecord> left = records;
        for (RecordProcessor step : steps) {
            ProcessedRecords out = new ProcessedRecords();
            left.forEach(record -> process(step, record, out));
            out.failed().forEach(done::fail);
            left = out.records();
        }
        left.forEach(done::add);
        return done;
    }

    private static void process(RecordProcessor step, DeliveryRecord record, ProcessedRecords out) {
        ProcessedRecords own = new ProcessedRecords();
        Throwable failure = failure(step, record, own);
        if (failure == null) {
            out.addAll(own);
        } else {
            String name = step.getClass().getSimpleName();
            out.fail(record, name + ".Failed", name + " cannot read the record: " + failure);
        }
    }

    private static @Nullable Throwable failure(RecordProcessor step, DeliveryRecord record, ProcessedRecords out) {
        try {
            step.process(record, out);
            return null;
        } catch (RuntimeException | StackOverflowError e) {
            return e;
        }
    }
}
