package io.millrace.server.http.query;

import io.millrace.spi.Options;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the rows of an answer in its format. */
interface AnswerWriter {

    /** Writes the rows that the batch selects. */
    void write(RowBatch rows) throws IOException;

    /** Writes what is held back and whatever ends the answer. */
    void finish() throws IOException;

    static AnswerWriter of(AnswerFormat format, RowType type, OutputStream out, Options options) throws IOException {
        return switch (format) {
            case NDJSON -> LineAnswer.json(type, out, options);
            case CSV -> LineAnswer.csv(type, out, options);
            case ARROW_STREAM, ARROW, PARQUET -> new FileAnswer(format.label(), type, out, options);
        };
    }
}
