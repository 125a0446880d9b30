package io.millrace.delivery;

import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.RejectedEntry.Processing;
import io.millrace.spi.row.RowOrigins;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * What cannot be delivered, as a line of JSON with the members that Data Firehose gives it:
 *
 * <pre>
 * {"attemptsMade":1,"arrivalTimestamp":…,"lastErrorCode":"…","lastErrorMessage":"…","attemptEndingTimestamp":…,
 *  "rawData":"base64","sequenceNumber":"…","subSequenceNumber":null,"dataCatalogTable":null}
 * </pre>
 *
 * <p>and, where a transformation failed,
 *
 * <pre>
 * {"attemptsMade":4,"arrivalTimestamp":…,"errorCode":"Lambda.…","errorMessage":"…","attemptEndingTimestamp":…,
 *  "rawData":"base64","lambdaArn":"…"}
 * </pre>
 *
 * <p>Times are milliseconds since 1970. The arrival is the row's ROWTIME, which is the arrival where nothing else was
 * declared.
 */
public final class ErrorRecord {

    private ErrorRecord() {}

    /** Returns the line of an entry, with a newline at its end. */
    public static byte[] line(RejectedEntry entry, int attempts, Instant now) {
        Processing processing = entry.processing();
        StringBuilder json = new StringBuilder(200);
        json.append("{\"attemptsMade\":").append(processing == null ? attempts : processing.attempts());
        json.append(",\"arrivalTimestamp\":").append(arrival(entry));
        json.append(processing == null ? ",\"lastErrorCode\":" : ",\"errorCode\":");
        appendText(processing == null ? entry.code().name() : processing.errorCode(), json);
        json.append(processing == null ? ",\"lastErrorMessage\":" : ",\"errorMessage\":");
        appendText(entry.reason(), json);
        json.append(",\"attemptEndingTimestamp\":").append(now.toEpochMilli());
        json.append(",\"rawData\":\"").append(Base64.getEncoder().encodeToString(entry.data()));
        if (processing != null) {
            json.append("\",\"lambdaArn\":");
            appendText(processing.function(), json);
            json.append("}\n");
        } else {
            json.append("\",\"sequenceNumber\":");
            appendText(entry.position().substring(entry.position().lastIndexOf(' ') + 1), json);
            json.append(",\"subSequenceNumber\":null,\"dataCatalogTable\":null}\n");
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String arrival(RejectedEntry entry) {
        return entry.rowtimeMicros() == RowOrigins.NO_ROWTIME
                ? "null"
                : String.valueOf(Math.floorDiv(entry.rowtimeMicros(), 1000L));
    }

    private static void appendText(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
