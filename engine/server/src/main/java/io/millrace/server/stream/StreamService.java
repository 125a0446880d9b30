package io.millrace.server.stream;

import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;

/**
 * Streams as the record APIs see them. Names are exact, case included. Safe for use by several threads.
 *
 * <p>A stream made here has one declared column, {@code data VARCHAR}, until a {@code CREATE OR REPLACE
 * STREAM} declares others; a stream made by SQL shows here just the same.
 */
public interface StreamService {

    /**
     * Creates a stream.
     *
     * @throws io.millrace.spi.error.MillraceException {@code DUPLICATE_NAME}, {@code LIMIT_EXCEEDED}
     */
    void create(String name, int shards, boolean onDemand);

    /**
     * Deletes a stream and what it holds.
     *
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME}; {@code WRONG_STATE} where a
     *     pump or a delivery uses it
     */
    void delete(String name);

    /** Returns all names, ascending. */
    List<String> names();

    /**
     * Returns what is known of a stream.
     *
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME}
     */
    StreamSummary describe(String name);

    /** Returns the stream's log; errors as with {@link #describe}. */
    StreamLog log(String name);

    /**
     * Returns the declared columns, which a reader of typed rows asks the log for.
     */
    RowType columns(String name);

    /** Creates an encoder of the declared columns in the stream's format: how typed rows are shown as records. */
    RowEncoder encoder(String name);
}
