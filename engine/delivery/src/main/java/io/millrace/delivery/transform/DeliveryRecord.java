package io.millrace.delivery.transform;

import java.util.HashMap;
import java.util.Map;

/**
 * A record on its way. The arrays are nobody's to change.
 *
 * @param data its bytes
 * @param position where the entry that it was made of is, for reports
 * @param arrivalMicros when that arrived, microseconds since 1970
 * @param keys what partitions are named by
 */
record DeliveryRecord(byte[] data, String position, long arrivalMicros, Map<String, String> keys) {

    DeliveryRecord withData(byte[] other) {
        return new DeliveryRecord(other, position, arrivalMicros, keys);
    }

    DeliveryRecord withKeys(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(keys);
        all.putAll(more);
        return new DeliveryRecord(data, position, arrivalMicros, all);
    }
}
