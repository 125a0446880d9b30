package io.millrace.connector.kinesis;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where records go, and how.
 *
 * @param stream the stream's name
 * @param key {@code key}: place of the column whose text is the partition key; -1 where the row's origin is
 * @param recordBytesMax {@code record_bytes_max}: most bytes of a record with its key, 1 MB as a rule
 */
record StreamSettings(String stream, int key, int recordBytesMax) {

    static final List<String> NAMES = List.of("key", "record_bytes_max");

    private static final Pattern STREAM = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");
    private static final int RECORD_BYTES_MAX = 10 << 20;

    static StreamSettings of(ReceiverSetup setup, List<String> known) {
        Options options = setup.options();
        options.refuseOthers(known.toArray(String[]::new));
        String path = String.valueOf(setup.location().getPath());
        String stream = Objects.requireNonNullElse(setup.location().getAuthority(), "");
        if (!STREAM.matcher(stream).matches() || !(path.isEmpty() || path.equals("/"))) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the URL of delivery '" + setup.delivery() + "' names no stream",
                    "write it like 'kinesis://trades'; the server is the option endpoint, where it is not Amazon's");
        }
        int key = setup.keyColumn("name one");
        long bytes = options.getBytes("record_bytes_max", 1 << 20);
        if (bytes < 1 || bytes > RECORD_BYTES_MAX) {
            throw Options.invalid("record_bytes_max", String.valueOf(bytes), "a size of at most 10 MB");
        }
        return new StreamSettings(stream, key, (int) bytes);
    }

    @Override
    public String toString() {
        return "kinesis://" + stream;
    }
}
