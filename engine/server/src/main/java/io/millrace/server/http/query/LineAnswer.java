package io.millrace.server.http.query;

import io.millrace.format.csv.CsvFormat;
import io.millrace.format.json.JsonFormat;
import io.millrace.spi.Options;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.io.OutputStream;

/** An answer of one line per row. */
final class LineAnswer implements AnswerWriter {

    /** So many rows are text at a time, which bounds the memory that they take. */
    private static final int STEP_ROWS = 1024;

    private final RowEncoder encoder;
    private final OutputStream out;
    private final BytesColumn lines = new BytesColumn(STEP_ROWS);

    private LineAnswer(RowEncoder encoder, OutputStream out) {
        this.encoder = encoder;
        this.out = out;
    }

    static AnswerWriter json(RowType type, OutputStream out, Options options) {
        options.refuseOthers();
        return new LineAnswer(new JsonFormat().encoder(type, Options.NONE), out);
    }

    /** The first line has the names of the columns, unless the option {@code header} is false. */
    static AnswerWriter csv(RowType type, OutputStream out, Options options) throws IOException {
        boolean header = options.getBoolean("header", true);
        Options dialect = options.without("header");
        dialect.refuseOthers("delimiter", "quote", "escape", "null_text");
        CsvFormat format = new CsvFormat();
        if (header) {
            RowBatch names = names(type);
            new LineAnswer(format.encoder(names.type(), dialect), out).write(names);
        }
        return new LineAnswer(format.encoder(type, dialect), out);
    }

    private static RowBatch names(RowType type) {
        RowType texts = new RowType(type.fields().stream()
                .map(field -> Field.required(field.name(), DataType.VARCHAR))
                .toList());
        RowBatch names = RowBatch.create(texts, 1);
        for (int i = 0; i < texts.size(); i++) {
            ((BytesColumn) names.column(i)).append(0, texts.field(i).name());
        }
        names.size(1);
        return names;
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        RowBatch some = Rows.alias(rows);
        int[] chosen = new int[Math.min(STEP_ROWS, rows.selectedCount())];
        for (int from = 0; from < rows.selectedCount(); from += chosen.length) {
            int count = Math.min(chosen.length, rows.selectedCount() - from);
            for (int i = 0; i < count; i++) {
                chosen[i] = rows.selectedRow(from + i);
            }
            some.select(chosen, count);
            writeLines(some);
        }
    }

    private void writeLines(RowBatch rows) throws IOException {
        encoder.encode(rows, lines);
        for (int i = 0; i < rows.selectedCount(); i++) {
            out.write(lines.data(), lines.starts()[i], lines.length(i));
            out.write('\n');
        }
    }

    @Override
    public void finish() {}
}
