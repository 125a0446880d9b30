package io.millrace.format.orc;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DateColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.jspecify.annotations.Nullable;

/** The values of a file by orc-core's reader as it is used by others: by its default settings, a value at a time. */
final class TheirValues {

    private TheirValues() {}

    static List<List<@Nullable Object>> of(Reader reader) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        TypeDescription schema = reader.getSchema();
        VectorizedRowBatch batch = schema.createRowBatch();
        try (RecordReader records = reader.rows()) {
            while (records.nextBatch(batch)) {
                for (int row = 0; row < batch.size; row++) {
                    rows.add(row(schema, batch.cols, row));
                }
            }
        }
        return rows;
    }

    private static List<@Nullable Object> row(TypeDescription struct, ColumnVector[] fields, int row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            values.add(value(struct.getChildren().get(i), fields[i], row));
        }
        return values;
    }

    private static @Nullable Object value(TypeDescription type, ColumnVector vector, int asked) {
        int row = vector.isRepeating ? 0 : asked;
        if (!vector.noNulls && vector.isNull[row]) {
            return null;
        }
        return switch (type.getCategory()) {
            case BOOLEAN -> ((LongColumnVector) vector).vector[row] != 0;
            case LONG -> ((LongColumnVector) vector).vector[row];
            case DOUBLE -> ((DoubleColumnVector) vector).vector[row];
            case STRING -> new String(bytes(vector, row), StandardCharsets.UTF_8);
            case BINARY -> HexFormat.of().formatHex(bytes(vector, row));
            case DATE -> LocalDate.parse(((DateColumnVector) vector).formatDate(row));
            case TIMESTAMP ->
                ((TimestampColumnVector) vector).asScratchTimestamp(row).toLocalDateTime();
            case DECIMAL -> decimal(type, (DecimalColumnVector) vector, row);
            case LIST -> {
                ListColumnVector lists = (ListColumnVector) vector;
                yield elements(type.getChildren().get(0), lists.child, lists.offsets[row], lists.lengths[row]);
            }
            case MAP -> map(type, (MapColumnVector) vector, row);
            case STRUCT -> row(type, ((StructColumnVector) vector).fields, row);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static byte[] bytes(ColumnVector vector, int row) {
        BytesColumnVector bytes = (BytesColumnVector) vector;
        return Arrays.copyOfRange(bytes.vector[row], bytes.start[row], bytes.start[row] + bytes.length[row]);
    }

    private static BigDecimal decimal(TypeDescription type, DecimalColumnVector vector, int row) {
        return vector.vector[row]
                .getHiveDecimal()
                .bigDecimalValue()
                .setScale(type.getScale(), RoundingMode.UNNECESSARY);
    }

    private static List<@Nullable Object> elements(TypeDescription type, ColumnVector vector, long from, long count) {
        List<@Nullable Object> values = new ArrayList<>();
        for (long i = from; i < from + count; i++) {
            values.add(value(type, vector, (int) i));
        }
        return values;
    }

    private static Map<@Nullable Object, @Nullable Object> map(TypeDescription type, MapColumnVector maps, int row) {
        Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
        for (long i = maps.offsets[row]; i < maps.offsets[row] + maps.lengths[row]; i++) {
            values.put(
                    value(type.getChildren().get(0), maps.keys, (int) i),
                    value(type.getChildren().get(1), maps.values, (int) i));
        }
        return values;
    }
}
