package io.millrace.delivery.transform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes apart records that are several JSON documents, one behind the other or on lines. */
final class SplitDocuments implements RecordProcessor {

    @Override
    public void process(DeliveryRecord record, ProcessedRecords out) {
        try {
            documents(record).forEach(out::add);
        } catch (IOException e) {
            out.fail(record, "RecordDeAggregation.InvalidJson", "no JSON documents: " + firstLine(e));
        }
    }

    /** All of a record's documents, as they stand there; none where one of them is broken. */
    private static List<DeliveryRecord> documents(DeliveryRecord record) throws IOException {
        byte[] data = record.data();
        List<DeliveryRecord> found = new ArrayList<>();
        try (JsonParser parser = Json.parser(data)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                if (!token.isStructStart()) {
                    throw new IOException("a value that is no object and no array");
                }
                int to = (int) parser.currentLocation().getByteOffset();
                found.add(record.withData(Arrays.copyOfRange(data, from, to)));
            }
        }
        return found;
    }

    static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
