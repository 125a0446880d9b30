package io.millrace.format.avro;

import io.millrace.spi.Options;
import java.util.Map;

/** The same for records without a header. */
class BareAvroRecordFormatTest extends AvroRecordFormatTest {

    @Override
    protected Options options() {
        return new Options(Map.of("framing", "none"));
    }
}
