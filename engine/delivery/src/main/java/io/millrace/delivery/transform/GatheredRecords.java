package io.millrace.delivery.transform;

import java.util.List;

/**
 * Records that are transformed together.
 *
 * @param records the records, as the steps before the function left them
 * @param failed what those steps could not use
 * @param end position behind the last entry of which nothing comes after these
 * @param endsEntry whether nothing of their last entry comes after these: delivered can be only what is whole
 */
record GatheredRecords(List<DeliveryRecord> records, List<FailedRecord> failed, long end, boolean endsEntry) {}
