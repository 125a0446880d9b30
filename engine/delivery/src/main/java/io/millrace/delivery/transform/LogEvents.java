package io.millrace.delivery.transform;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * Takes the messages out of what CloudWatch Logs puts into a stream: one record for each, without its envelope.
 * Control messages are dropped.
 */
final class LogEvents implements RecordProcessor {

    @Override
    public void process(DeliveryRecord record, ProcessedRecords out) {
        JsonNode envelope = Json.only(record.data());
        if (envelope != null && envelope.path("messageType").asText().equals("CONTROL_MESSAGE")) {
            return;
        }
        if (envelope == null || !envelope.path("logEvents").isArray()) {
            out.fail(record, "CloudWatchLogProcessing.InvalidData", "no log events of CloudWatch Logs");
            return;
        }
        for (JsonNode event : envelope.path("logEvents")) {
            out.add(record.withData(event.path("message").asText().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
