package io.millrace.format.csv;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.format.GuessedRows;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.type.DataType.RowType;

/** The format {@code csv}: fields by position; see the package for options and rules. */
public final class CsvFormat implements RecordFormat {

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public RowDecoder decoder(RowType schema, int[] needed, Options options, ClassCompiler compiler) {
        return new CsvDecoder(schema, needed, Dialect.of(options));
    }

    @Override
    public GuessedRows guess(BytesColumn records, int count, Options options) {
        return CsvGuess.of(records, count, options);
    }

    @Override
    public RowEncoder encoder(RowType schema, Options options) {
        schema.fields().forEach(CsvColumn::check);
        return new CsvEncoder(schema, Dialect.of(options));
    }
}
