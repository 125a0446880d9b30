package io.millrace.connector.opensearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType.RowType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the pairs of lines that a bulk request consists of: what to do, and the document. */
final class BulkBody {

    private static final JsonFactory JSON = new JsonFactory();

    private final IndexSettings settings;
    private final RowType type;
    private final RowEncoder encoder;
    private final boolean checks;
    private final BytesColumn documents = new BytesColumn(0);

    /** @param checks whether records are checked for being documents: they come from elsewhere */
    BulkBody(IndexSettings settings, RowType type, RowEncoder encoder, boolean checks) {
        this.checks = checks;
        this.settings = settings;
        this.type = type;
        this.encoder = encoder;
    }

    /** A row's two lines. */
    record Item(int row, byte[] lines) {}

    /**
     * Returns the items of a batch.
     *
     * @param refusals takes the rows that should have a key and have none, and those that are no documents
     */
    List<Item> items(BatchName name, RowBatch rows, List<Refusal> refusals) throws IOException {
        documents.clear();
        encoder.encode(rows, documents);
        List<Item> items = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            if (settings.key() >= 0 && rows.column(settings.key()).isNull(row)) {
                refusals.add(new Refusal(row, ErrorCode.NULL_NOT_ALLOWED, "the column of the id is NULL"));
                continue;
            }
            byte[] document = document(row);
            if (document == null) {
                refusals.add(new Refusal(row, ErrorCode.INVALID_VALUE, "the record is not one object of JSON"));
            } else {
                items.add(new Item(row, lines(name, rows, row, document)));
            }
        }
        return items;
    }

    /** Returns a document on one line, which ends it in a bulk request; null where the record is none. */
    private byte @Nullable [] document(int row) {
        if (!checks) {
            return documents.get(row);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(documents.length(row));
        try (JsonParser parser = JSON.createParser(documents.data(), documents.starts()[row], documents.length(row));
                JsonGenerator line = JSON.createGenerator(out)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            line.copyCurrentStructureExact(parser);
            if (parser.nextToken() != null) {
                return null;
            }
        } catch (IOException e) {
            return null;
        }
        return out.toByteArray();
    }

    /** Returns where a row's document goes, in the members of Data Firehose's error objects. */
    Map<String, Object> place(BatchName name, RowBatch rows, int row) {
        boolean keyless = settings.key() >= 0 && rows.column(settings.key()).isNull(row);
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("esDocumentId", settings.ids() && !keyless ? id(name, rows, row) : "");
        place.put("esIndexName", index(rows, row));
        place.put("esTypeName", "");
        return place;
    }

    private String index(RowBatch rows, int row) {
        RowOrigins origins = rows.origins();
        return settings.rotation()
                .index(settings.index(), origins == null ? RowOrigins.NO_ROWTIME : origins.rowtimeMicros(row));
    }

    private byte[] lines(BatchName name, RowBatch rows, int row, byte[] document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128 + document.length);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            // With a key the last row counts; a row that only its origin names is the same for ever.
            json.writeObjectFieldStart(settings.key() >= 0 ? "index" : "create");
            json.writeStringField("_index", index(rows, row));
            if (settings.ids()) {
                json.writeStringField("_id", id(name, rows, row));
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        out.write('\n');
        out.writeBytes(document);
        out.write('\n');
        return out.toByteArray();
    }

    private String id(BatchName name, RowBatch rows, int row) {
        int key = settings.key();
        if (key >= 0) {
            StringBuilder text = new StringBuilder();
            SqlText.append(type.field(key).type(), rows.column(key), row, ZoneOffset.UTC, text);
            return text.toString();
        }
        RowOrigins origins = rows.origins();
        String origin = origins == null ? "" : origins.position(row);
        return settings.delivery() + ":" + (origin.isEmpty() ? name.id() + ":" + row : origin);
    }
}
