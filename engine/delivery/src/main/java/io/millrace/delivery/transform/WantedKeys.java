package io.millrace.delivery.transform;

import java.util.Set;

/** Fails records whose function did not say all the keys that their partition is named by. */
final class WantedKeys implements RecordProcessor {

    private final Set<String> wanted;

    WantedKeys(Set<String> wanted) {
        this.wanted = wanted;
    }

    @Override
    public void process(DeliveryRecord record, ProcessedRecords out) {
        String missing = missing(record);
        if (missing.isEmpty()) {
            out.add(record);
        } else {
            out.fail(
                    record,
                    "DynamicPartitioning.PartitionKeyNotFound",
                    "the function gives no partition key '" + missing + "'");
        }
    }

    private String missing(DeliveryRecord record) {
        return wanted.stream()
                .filter(key -> record.keys().getOrDefault(key, "").isEmpty())
                .findFirst()
                .orElse("");
    }
}
