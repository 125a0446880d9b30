package io.millrace.server.file;

import io.millrace.spi.connector.StoredFile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that a query reads.
 *
 * @param stored it in its store
 * @param url where it is, for people and as the name of its split
 * @param keys what its folders say: for each {@code key=value} the value, null for that of NULL
 */
record FoundFile(StoredFile stored, String url, Map<String, @Nullable String> keys) {

    long bytes() {
        return stored.bytes();
    }
}
