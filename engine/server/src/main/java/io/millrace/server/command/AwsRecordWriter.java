package io.millrace.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.RecordBatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Writes through the AWS door of a running server. */
final class AwsRecordWriter implements RecordWriter {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final URI endpoint;
    private final String stream;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    AwsRecordWriter(String endpoint, String stream) {
        this.endpoint = URI.create(endpoint.endsWith("/") ? endpoint : endpoint + "/");
        this.stream = stream;
    }

    @Override
    public void put(RecordBatch records) {
        ObjectNode request = JSON.createObjectNode().put("StreamName", stream);
        ArrayNode list = request.putArray("Records");
        for (int i = 0; i < records.size(); i++) {
            list.addObject()
                    .put("PartitionKey", records.partitionKeys().text(i))
                    .put("Data", records.payloads().get(i));
        }
        JsonNode response = send(request);
        int failed = response.path("FailedRecordCount").asInt();
        if (failed > 0) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    failed + " of " + records.size() + " records were not put: "
                            + response.findPath("ErrorMessage").asText());
        }
    }

    private JsonNode send(ObjectNode request) {
        try {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(endpoint)
                            .header("Content-Type", "application/x-amz-json-1.1")
                            .header("X-Amz-Target", "Kinesis_20131202.PutRecords")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw refused(body);
            }
            return body;
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "no answer from " + endpoint,
                    "is the server running? 'millrace server --data DIR' starts one; --data DIR here works without",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "interrupted");
        }
    }

    private MillraceException refused(JsonNode body) {
        boolean missing = body.path("__type").asText().equals("ResourceNotFoundException");
        return new MillraceException(
                missing ? ErrorCode.UNDEFINED_NAME : ErrorCode.IO_ERROR,
                body.path("message").asText("the server refused the records"),
                missing ? "create it first: millrace sql -c \"CREATE STREAM " + stream + " (...)\"" : null);
    }

    @Override
    public void close() {
        client.close();
    }
}
