package io.millrace.connector.splunk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes events of rows. */
final class EventBody {

    private static final JsonFactory JSON = new JsonFactory();

    private final CollectorSettings settings;
    private final boolean isJson;
    private final RowEncoder encoder;
    private final BytesColumn records = new BytesColumn(0);

    /** @param isJson whether records are values of JSON, and not texts */
    EventBody(CollectorSettings settings, boolean isJson, RowEncoder encoder) {
        this.settings = settings;
        this.isJson = isJson;
        this.encoder = encoder;
    }

    /** A row as it is sent. */
    record Event(int row, byte[] bytes) {}

    List<Event> events(RowBatch rows) throws IOException {
        records.clear();
        encoder.encode(rows, records);
        List<Event> events = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            events.add(new Event(row, settings.raw() ? line(row) : event(rows, row)));
        }
        return events;
    }

    private byte[] line(int row) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(records.length(row) + 1);
        out.write(records.data(), records.starts()[row], records.length(row));
        out.write('\n');
        return out.toByteArray();
    }

    private byte[] event(RowBatch rows, int row) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(records.length(row) + 100);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            RowOrigins origins = rows.origins();
            if (origins != null && origins.rowtimeMicros(row) != RowOrigins.NO_ROWTIME) {
                json.writeNumberField("time", BigDecimal.valueOf(Math.floorDiv(origins.rowtimeMicros(row), 1000L), 3));
            }
            for (Map.Entry<String, String> member : settings.members().entrySet()) {
                json.writeStringField(member.getKey(), member.getValue());
            }
            json.writeFieldName("event");
            String text =
                    new String(records.data(), records.starts()[row], records.length(row), StandardCharsets.UTF_8);
            if (isJson) {
                json.writeRawValue(text);
            } else {
                json.writeString(text);
            }
            json.writeEndObject();
        }
        out.write('\n');
        return out.toByteArray();
    }
}
