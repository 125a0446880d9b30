package io.millrace.format.json;

import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RowValues;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Decodes records given as text. */
final class JsonRecords {

    static final ClassCompiler NO_COMPILER = new ClassCompiler() {
        @Override
        public <T> T instantiate(String className, String source, Class<T> contract, Set<Class<?>> used) {
            throw new MillraceException(ErrorCode.INTERNAL, "JSON was thought to need no compiler");
        }
    };

    private final RowType schema;
    private final RowDecoder decoder;

    JsonRecords(RowType schema, Map<String, String> options) {
        this(schema, options, IntStream.range(0, schema.size()).toArray());
    }

    JsonRecords(RowType schema, Map<String, String> options, int... needed) {
        this.schema = schema.project(needed);
        this.decoder = new JsonFormat().decoder(schema, needed, new Options(options), NO_COMPILER);
    }

    /** Makes records of one nullable column {@code v}. */
    static JsonRecords of(DataType type) {
        return new JsonRecords(RowType.of(Field.nullable("v", type)), Map.of());
    }

    DecodedRows decode(String... records) {
        return decode(IntStream.range(0, records.length)
                .mapToObj(i -> records[i].getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    DecodedRows decode(byte[]... records) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        BytesColumn column = new BytesColumn(records.length);
        for (int i = 0; i < records.length; i++) {
            column.slice(i, all.size(), all.size() + records[i].length);
            all.writeBytes(records[i]);
        }
        column.share(all.toByteArray()); // which ends where the last record does: nothing may be read behind it
        return decode(column, records.length);
    }

    DecodedRows decode(BytesColumn records, int count) {
        DecodedRows rows = new DecodedRows(RowBatch.create(schema, 1));
        decoder.decode(records, 0, count, rows);
        return rows;
    }

    List<List<@Nullable Object>> rows(String... records) {
        DecodedRows decoded = decode(records);
        if (!decoded.rejections().isEmpty()) {
            throw new AssertionError(decoded.rejections().toString());
        }
        return RowValues.of(decoded.rows());
    }

    /** Returns the only value of the only row of a record. */
    @Nullable
    Object value(String json) {
        return rows("{\"v\":" + json + "}").get(0).get(0);
    }

    /** Returns why a value is refused. */
    DecodedRows.Rejection rejection(String json) {
        return rejectionOf("{\"v\":" + json + "}");
    }

    DecodedRows.Rejection rejectionOf(String record) {
        DecodedRows decoded = decode(record);
        if (decoded.rejections().size() != 1 || decoded.rows().size() != 0) {
            throw new AssertionError("accepted: " + RowValues.of(decoded.rows()));
        }
        return decoded.rejections().get(0);
    }
}
