package io.millrace.format.avro;

import io.millrace.format.avro.registry.Framing;
import io.millrace.format.avro.registry.SchemaId;
import io.millrace.format.avro.registry.SchemaRegistry;
import io.millrace.format.avro.registry.SchemaRegistry.RefusedException;
import io.millrace.format.avro.resolve.DatumInput;
import io.millrace.format.avro.resolve.RecordReader;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads records by the schema that each says wrote it. A schema is asked for when its first record comes; what the
 * registry does not know is asked again after a while, so that a flood of such records is not one of questions.
 */
final class AvroDecoder implements RowDecoder {

    /** How many ids are remembered that the registry does not know. */
    static final int UNKNOWN_MAX = 1_000;

    private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final RowType type;
    private final int[] needed;
    private final @Nullable Schema readSchema;
    private final SchemaRegistry registry;
    private final Framing framing;
    private final DatumInput input = new DatumInput();
    private final Map<SchemaId, Written> known = new HashMap<>();

    /** Of what records say, by when it was asked: there are as many as somebody makes up. */
    private final LinkedHashMap<SchemaId, Written> unknown = new LinkedHashMap<>();

    private @Nullable SchemaId lastId;
    private @Nullable Written last;

    /**
     * What is known of a schema.
     *
     * @param reader reads what it wrote; null where that cannot be
     * @param failure why not
     * @param until when it is asked again, by {@link System#nanoTime}; 0 for never
     */
    private record Written(
            @Nullable RecordReader reader, @Nullable RowFailure failure, long until) {}

    /**
     * @param needed places of the columns that are read
     * @param readSchema what knows aliases and defaults of columns; null where nothing does
     */
    AvroDecoder(RowType type, int[] needed, @Nullable Schema readSchema, SchemaRegistry registry) {
        this.type = type;
        this.needed = needed.clone();
        this.readSchema = readSchema;
        this.registry = registry;
        this.framing = registry.framing();
    }

    @Override
    public void decode(BytesColumn records, int from, int to, DecodedRows out) {
        int row = out.rows().size();
        out.ensureCapacity(row + to - from);
        for (int record = from; record < to; record++) {
            try {
                read(framing.read(records.data(), records.starts()[record], records.ends()[record]), out, row);
                out.recordOfRow()[row++] = record;
            } catch (RowFailure e) {
                out.reject(record, e.code(), e.reason());
            }
        }
        out.rows().size(row);
    }

    private void read(Framing.Frame frame, DecodedRows out, int row) {
        Written written = written(frame.id());
        if (written.reader == null) {
            throw Objects.requireNonNull(written.failure);
        }
        input.reset(frame.bytes(), frame.from(), frame.to());
        try {
            written.reader.readRow(input, out.rows(), row);
        } catch (RowFailure e) {
            throw new RowFailure(e.code(), "by schema " + frame.id() + ", " + e.reason());
        }
        if (input.left() > 0) {
            throw new RowFailure(
                    ErrorCode.INVALID_VALUE,
                    input.left() + " bytes are left behind the datum that schema " + frame.id() + " wrote");
        }
    }

    private Written written(SchemaId id) {
        Written found = last;
        if (found == null || !id.equals(lastId)) {
            found = known.get(id);
        }
        if (found == null) {
            found = unknown.get(id);
        }
        if (found == null || (found.until != 0 && System.nanoTime() - found.until > 0)) {
            found = ask(id);
            remember(id, found);
        }
        lastId = id;
        last = found;
        return found;
    }

    private void remember(SchemaId id, Written written) {
        unknown.remove(id);
        if (written.until == 0) {
            known.put(id, written);
            return;
        }
        if (unknown.size() == UNKNOWN_MAX) {
            unknown.pollFirstEntry();
        }
        unknown.put(id, written);
    }

    private Written ask(SchemaId id) {
        try {
            Optional<Schema> schema = registry.find(id);
            return schema.isPresent()
                    ? resolved(id, schema.get())
                    : unknown(new RowFailure(ErrorCode.INVALID_VALUE, "its schema " + id + " is not known"));
        } catch (RefusedException e) {
            return unknown(new RowFailure(ErrorCode.INVALID_VALUE, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "records in Avro wait for their schemas: " + e.getMessage(),
                    "nothing is lost; what runs by itself goes on when the registry answers",
                    e);
        }
    }

    private static Written unknown(RowFailure failure) {
        return new Written(null, failure, System.nanoTime() + ASK_AGAIN_NANOS);
    }

    private Written resolved(SchemaId id, Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            return unknown(new RowFailure(
                    ErrorCode.INVALID_VALUE,
                    "its schema " + id + " is one of " + schema.getType().getName() + " and of no records"));
        }
        try {
            return new Written(RecordReader.of(schema, readSchema, type, needed), null, 0);
        } catch (RowFailure e) {
            return new Written(null, new RowFailure(e.code(), "by schema " + id + ", " + e.reason()), 0);
        }
    }
}
