package io.millrace.delivery.transform;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Takes the messages out of what CloudWatch Logs puts into a stream: one record for each, without its envelope.
 * Control messages are dropped.
 */
final class LogEvents implements RecordProcessor {

    @Override
    public void process(List<DeliveryRecord> records, ProcessedRecords out) {
        for (DeliveryRecord record : records) {
            JsonNode envelope = Json.only(record.data());
            if (envelope != null && envelope.path("messageType").asText().equals("CONTROL_MESSAGE")) {
                continue;
            }
            if (envelope == null || !envelope.path("logEvents").isArray()) {
                out.fail(record, "CloudWatchLogProcessing.InvalidData", "no log events of CloudWatch Logs");
                continue;
            }
            for (JsonNode event : envelope.path("logEvents")) {
                out.add(record.withData(event.path("message").asText().getBytes(StandardCharsets.UTF_8)));
            }
        }
    }
}
