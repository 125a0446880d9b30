package io.millrace.format.avro;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.type.DataType.RowType;

/**
 * Records in Avro's binary form, each behind a header that says which schema wrote it; see {@link AvroRecordSettings}.
 *
 * <p>With a registry, decoding asks it for schemas and so may wait, and fails where it does not answer.
 */
public final class AvroRecordFormat implements RecordFormat {

    @Override
    public String name() {
        return "avro";
    }

    @Override
    public RowDecoder decoder(RowType schema, int[] needed, Options options, ClassCompiler compiler) {
        AvroRecordSettings settings = AvroRecordSettings.from(options);
        return new AvroDecoder(schema, needed, settings.readSchema(schema), settings.registry(schema));
    }

    @Override
    public RowEncoder encoder(RowType schema, Options options) {
        return encoder(schema, options, "");
    }

    @Override
    public RowEncoder encoder(RowType schema, Options options, String destination) {
        AvroRecordSettings settings = AvroRecordSettings.from(options);
        WritePlan plan = settings.writePlan(schema);
        return new AvroEncoder(
                plan,
                settings.registry(schema),
                settings.subject(destination, plan.schema()),
                settings.registersSchemas());
    }
}
