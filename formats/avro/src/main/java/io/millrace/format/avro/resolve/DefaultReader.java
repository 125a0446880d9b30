package io.millrace.format.avro.resolve;

import io.millrace.spi.row.Column;
import io.millrace.spi.type.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The default of a field that the writer does not have. */
final class DefaultReader implements ValueReader {

    private final byte[] datum;
    private final ValueReader value;
    private final DatumInput input = new DatumInput();

    private DefaultReader(byte[] datum, ValueReader value) {
        this.datum = datum;
        this.value = value;
    }

    static DefaultReader of(String path, Schema.Field read, Field column) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new GenericDatumWriter<>(read.schema()).write(GenericData.get().getDefaultValue(read), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException("nothing but memory is written to", e);
        }
        return new DefaultReader(
                out.toByteArray(), Resolution.of(path, read.schema(), read.schema(), column.type(), column.nullable()));
    }

    @Override
    public void read(DatumInput in, Column column, int row) {
        input.reset(datum, 0, datum.length);
        value.read(input, column, row);
    }
}
