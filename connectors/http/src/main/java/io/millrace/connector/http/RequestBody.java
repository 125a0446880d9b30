package io.millrace.connector.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.spi.row.BytesColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** What a request says. */
final class RequestBody {

    private static final JsonFactory JSON = new JsonFactory();

    private RequestBody() {}

    /** Returns the body of the records from one place to another. */
    static byte[] of(String id, long timestampMillis, BytesColumn records, int from, int to, boolean gzip)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : bytes;
                JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("requestId", id);
            json.writeNumberField("timestamp", timestampMillis);
            json.writeArrayFieldStart("records");
            for (int i = from; i < to; i++) {
                json.writeStartObject();
                json.writeFieldName("data");
                json.writeBinary(records.data(), records.starts()[i], records.length(i));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
