package io.millrace.format.json;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.format.GuessedRows;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.type.DataType.RowType;
import java.util.stream.IntStream;

/**
 * The format {@code json}: one object per row. Options of the decoder: {@code timestamp_unit} and {@code
 * path.COLUMN}, see the package. The compiler is not used: predicting members leaves it nothing to win.
 */
public final class JsonFormat implements RecordFormat {

    @Override
    public String name() {
        return "json";
    }

    @Override
    public RowDecoder decoder(RowType schema, int[] needed, Options options, ClassCompiler compiler) {
        return new DecoderPlan(options).decoder(schema, needed);
    }

    @Override
    public GuessedRows guess(BytesColumn records, int count, Options options) {
        return JsonGuess.of(records, count);
    }

    @Override
    public RowEncoder encoder(RowType schema, Options options) {
        // What cannot be read back is not written either.
        new DecoderPlan(options)
                .decoder(schema, IntStream.range(0, schema.size()).toArray());
        return new JsonEncoder(schema);
    }
}
