package io.millrace.delivery.transform;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.connector.RejectedEntry.Processing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a function that transforms records, and what it answers: the messages of Data Firehose and Lambda.
 *
 * <pre>
 *   {"invocationId": "…", "deliveryStreamArn": "…", "region": "…",
 *    "records": [{"recordId": "0", "approximateArrivalTimestamp": 1767225600000, "data": "base64"}, …]}
 *
 *   {"records": [{"recordId": "0", "result": "Ok" | "Dropped" | "ProcessingFailed", "data": "base64",
 *                 "metadata": {"partitionKeys": {"customer": "7"},
 *                              "otfMetadata": {"destinationTableName": "trades", "operation": "insert"}}}, …]}
 * </pre>
 *
 * <p>Each record is to be answered once, under its id.
 *
 * @param function what failures name
 * @param arn of the delivery
 */
record FunctionMessages(String function, String arn) {

    byte[] request(String invocation, List<DeliveryRecord> records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("invocationId", invocation);
            json.writeStringField("deliveryStreamArn", arn);
            json.writeStringField("region", region());
            json.writeArrayFieldStart("records");
            for (int i = 0; i < records.size(); i++) {
                DeliveryRecord record = records.get(i);
                json.writeStartObject();
                json.writeStringField("recordId", String.valueOf(i));
                json.writeNumberField("approximateArrivalTimestamp", Math.floorDiv(record.arrivalMicros(), 1000L));
                json.writeBinaryField("data", record.data());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private String region() {
        String[] parts = arn.split(":", -1);
        return parts.length > 3 ? parts[3] : "";
    }

    /**
     * Takes an answer apart.
     *
     * @throws FunctionFailedException where it is none to this request
     */
    void answer(byte[] body, List<DeliveryRecord> asked, ProcessedRecords out) throws FunctionFailedException {
        JsonNode answer = Json.only(body);
        if (answer == null || !answer.path("records").isArray()) {
            throw failure(
                    "Lambda.JsonProcessingException", "does not answer with JSON that has 'records'" + said(answer));
        }
        JsonNode[] byPlace = new JsonNode[asked.size()];
        for (JsonNode record : answer.path("records")) {
            int place = place(record.path("recordId").asText(), asked.size());
            if (byPlace[place] != null) {
                throw failure("Lambda.DuplicatedRecordId", "answers record " + place + " twice");
            }
            byPlace[place] = record;
        }
        ProcessedRecords all = new ProcessedRecords();
        for (int i = 0; i < byPlace.length; i++) {
            if (byPlace[i] == null) {
                throw failure("Lambda.MissingRecordId", "does not answer record " + i + " of " + byPlace.length);
            }
            take(byPlace[i], asked.get(i), all);
        }
        all.records().forEach(out::add);
        all.failed().forEach(failed -> out.fail(failed.record(), failed.processing(), failed.reason()));
    }

    private static String said(@Nullable JsonNode answer) {
        JsonNode message = answer == null ? null : answer.get("errorMessage");
        return message == null ? "" : ": " + message.asText();
    }

    private int place(String id, int count) throws FunctionFailedException {
        try {
            int place = Integer.parseInt(id);
            if (place >= 0 && place < count) {
                return place;
            }
        } catch (NumberFormatException e) {
            throw failure("Lambda.MissingRecordId", "answers a record '" + id + "' that was not asked");
        }
        throw failure("Lambda.MissingRecordId", "answers a record '" + id + "' that was not asked");
    }

    private void take(JsonNode answer, DeliveryRecord asked, ProcessedRecords out) throws FunctionFailedException {
        String result = answer.path("result").asText();
        switch (result) {
            case "Ok" -> ok(answer, asked, out);
            case "Dropped" -> {}
            case "ProcessingFailed" ->
                out.fail(
                        asked,
                        new Processing("Lambda.ProcessingFailedStatus", 1, function),
                        "the function set the result to ProcessingFailed");
            default ->
                throw failure(
                        "Lambda.FunctionError",
                        "answers with result '" + result + "', which is not Ok, Dropped or ProcessingFailed");
        }
    }

    /** A record that came back without data that can be read has failed, and no other for it. */
    private void ok(JsonNode answer, DeliveryRecord asked, ProcessedRecords out) {
        JsonNode data = answer.path("data");
        String problem = "the function set the result to Ok and gave no data";
        if (data.isTextual()) {
            try {
                byte[] bytes = Base64.getDecoder().decode(data.textValue());
                out.add(asked.withData(bytes).withKeys(keys(answer)));
                return;
            } catch (IllegalArgumentException e) {
                problem = "the function gave data that is not base64";
            }
        }
        out.fail(asked, new Processing("Lambda.JsonProcessingException", 1, function), problem);
    }

    /** Returns the keys that have a value: those of partitions, and where in tables the record goes. */
    private static Map<String, String> keys(JsonNode answer) {
        Map<String, String> keys = new HashMap<>();
        JsonNode metadata = answer.path("metadata");
        for (JsonNode some : List.of(metadata.path("partitionKeys"), metadata.path("otfMetadata"))) {
            for (Map.Entry<String, JsonNode> key : some.properties()) {
                if (key.getValue().isValueNode() && !key.getValue().isNull()) {
                    keys.put(key.getKey(), key.getValue().asText());
                }
            }
        }
        return keys;
    }

    private FunctionFailedException failure(String code, String message) {
        return new FunctionFailedException(code, function, message);
    }
}
