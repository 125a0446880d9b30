package io.millrace.format.avro;

import io.millrace.format.avro.registry.SchemaRegistry;
import io.millrace.format.avro.registry.SchemaRegistry.RefusedException;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Writes rows as records behind the header of their schema, whose id the registry is asked for once. */
final class AvroEncoder implements RowEncoder {

    private final WritePlan plan;
    private final SchemaRegistry registry;
    private final String subject;
    private final boolean registers;
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(record, null);
    private byte @Nullable [] header;

    /**
     * @param subject what the schema is a version of
     * @param registers whether the schema is put into the registry where it is not there
     */
    AvroEncoder(WritePlan plan, SchemaRegistry registry, String subject, boolean registers) {
        this.plan = plan;
        this.registry = registry;
        this.subject = subject;
        this.registers = registers;
    }

    @Override
    public void prepare() throws IOException {
        try {
            header();
        } catch (RefusedException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "subject '" + subject + "' does not take the schema of these columns: " + e.getMessage(),
                    registers
                            ? "see what differs from its last version, deliver other columns or name another subject"
                            : "register it first, or leave out auto_register",
                    e);
        }
    }

    private byte[] header() throws IOException {
        byte[] known = header;
        if (known == null) {
            known = registry.framing().header(registry.idOf(subject, plan.schema(), registers));
            header = known;
        }
        return known;
    }

    @Override
    public void encode(RowBatch rows, BytesColumn out) {
        out.clear();
        int count = rows.selectedCount();
        out.ensureCapacity(count);
        try {
            byte[] own = count == 0 ? new byte[0] : header();
            for (int i = 0; i < count; i++) {
                record.reset();
                record.write(own, 0, own.length);
                plan.write(rows, rows.selectedRow(i), encoder);
                encoder.flush();
                out.append(i, record.toByteArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
