package io.millrace.spi.format;

import io.millrace.spi.row.BytesColumn;

/** Turns records into rows. For one thread at a time. */
public interface RowDecoder {

    /**
     * Decodes records and adds their rows to {@code out}, whose batch has the needed fields. A record may
     * give no row, one or several. A record that cannot be read gives none: it is added to the rejections,
     * and decoding goes on with the next.
     *
     * <p>Text and binary columns of {@code out} may point into the records' array, so rows are valid only
     * as long as it is.
     *
     * @param records the records' bytes
     * @param from first record to decode
     * @param to record to stop before
     */
    void decode(BytesColumn records, int from, int to, DecodedRows out);
}
