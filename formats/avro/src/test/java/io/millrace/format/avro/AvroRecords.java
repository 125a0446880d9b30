package io.millrace.format.avro;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Data by Avro's own library, and what our decoder makes of records. */
final class AvroRecords {

    private static final ClassCompiler NONE = new ClassCompiler() {
        @Override
        public <T> T instantiate(String className, String source, Class<T> contract, Set<Class<?>> used) {
            throw new AssertionError("no compiler is needed");
        }
    };

    private AvroRecords() {}

    static Schema parse(String schema) {
        return new Schema.Parser().parse(schema);
    }

    static byte[] datum(String schema, Map<String, ?> values) throws IOException {
        GenericRecordBuilder record = new GenericRecordBuilder(parse(schema));
        values.forEach(record::set);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(parse(schema)).write(record.build(), encoder);
        encoder.flush();
        return out.toByteArray();
    }

    static RowDecoder decoder(RowType type, Options options) {
        return new AvroRecordFormat()
                .decoder(type, IntStream.range(0, type.size()).toArray(), options, NONE);
    }

    static DecodedRows decode(RowDecoder decoder, RowType type, byte[]... records) {
        BytesColumn column = new BytesColumn(records.length);
        for (int i = 0; i < records.length; i++) {
            column.append(i, records[i]);
        }
        DecodedRows rows = new DecodedRows(RowBatch.create(type, 1));
        decoder.decode(column, 0, records.length, rows);
        return rows;
    }
}
