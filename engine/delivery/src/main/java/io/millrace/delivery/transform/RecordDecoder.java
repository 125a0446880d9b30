package io.millrace.delivery.transform;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.type.DataType.RowType;
import java.util.stream.IntStream;

/**
 * How records that were transformed are read as rows.
 *
 * @param columns the columns they have
 */
public record RecordDecoder(RecordFormat format, RowType columns, Options options, ClassCompiler compiler) {

    /** Makes a decoder of all columns. */
    RowDecoder open() {
        int[] all = IntStream.range(0, columns.size()).toArray();
        return format.decoder(columns, all, options, compiler);
    }
}
