package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/** The action that says who made an entry and why. It makes each entry another, so that one's own is recognised. */
final class CommitInfo {

    private CommitInfo() {}

    static ObjectNode of(String operation, Instant now) {
        ObjectNode action = Json.object();
        action.putObject("commitInfo")
                .put("timestamp", now.toEpochMilli())
                .put("operation", operation)
                .put("engineInfo", "Millrace")
                .put("txnId", UUID.randomUUID().toString())
                .putObject("operationParameters");
        return action;
    }

    static ObjectNode ofAppend(Instant now, int files, long rows, long bytes) {
        ObjectNode action = of("WRITE", now);
        ObjectNode info = (ObjectNode) action.path("commitInfo");
        info.put("isBlindAppend", true);
        info.putObject("operationParameters").put("mode", "Append");
        info.putObject("operationMetrics")
                .put("numFiles", String.valueOf(files))
                .put("numOutputRows", String.valueOf(rows))
                .put("numOutputBytes", String.valueOf(bytes));
        return action;
    }
}
