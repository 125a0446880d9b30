package io.millrace.spi.format;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.type.DataType.RowType;
import org.jspecify.annotations.Nullable;

/** Reads and writes single records. Implementations hold no state and are safe for several threads. */
public interface RecordFormat {

    /** Returns the name that {@code WITH (format = '…')} uses, in lower case. */
    String name();

    /**
     * Creates a decoder of some of a schema's fields.
     *
     * @param schema the fields a record has
     * @param needed places in {@code schema} of the fields wanted, each once, in the order wanted; the
     *     others are skipped at the least cost
     * @param options what the stream's {@code WITH} says; unknown ones are refused
     * @param compiler for formats that generate their decoder
     * @throws io.millrace.spi.error.MillraceException {@code UNSUPPORTED} for a type the format has no
     *     form for, {@code INVALID_ARGUMENT} for a bad option
     */
    RowDecoder decoder(RowType schema, int[] needed, Options options, ClassCompiler compiler);

    /**
     * Guesses the columns of records from some of them.
     *
     * @param records the first records, at least one
     * @param options as for a decoder
     * @return null where the format has no way to tell
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_VALUE} where the records are not of this format
     */
    default @Nullable GuessedRows guess(BytesColumn records, int count, Options options) {
        return null;
    }

    /** Creates an encoder of all of a schema's fields. Errors as with {@link #decoder}. */
    RowEncoder encoder(RowType schema, Options options);

    /**
     * Creates an encoder of records for a place.
     *
     * @param destination name of the topic or stream that records go to, by which some formats name their schema
     */
    default RowEncoder encoder(RowType schema, Options options, String destination) {
        return encoder(schema, options);
    }
}
