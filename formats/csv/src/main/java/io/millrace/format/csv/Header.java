package io.millrace.format.csv;

import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType.RowType;
import java.nio.charset.StandardCharsets;

/** Recognises a row that holds just the columns' names, in any case. */
final class Header {

    private final String[] names;

    Header(RowType schema) {
        this.names = schema.fields().stream().map(field -> field.name()).toArray(String[]::new);
    }

    /** Tells whether the row that starts here is one, and leaves the scanner at its end if so. */
    boolean isAt(FieldScanner in, int from) {
        int at = from;
        try {
            for (String name : names) {
                if (at < 0) {
                    return false;
                }
                at = in.next(at);
                String text = new String(in.text(), in.start(), in.end() - in.start(), StandardCharsets.UTF_8);
                if (!text.trim().equalsIgnoreCase(name)) {
                    return false;
                }
            }
        } catch (RowFailure e) {
            return false;
        }
        return at < 0;
    }
}
