package io.millrace.format.arrow;

import io.millrace.testing.row.RowValues;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Vectors of Arrow's own library as values in the form of {@link RowValues}. */
final class PeerValues {

    private PeerValues() {}

    static List<List<@Nullable Object>> rows(VectorSchemaRoot root) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < root.getRowCount(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (FieldVector vector : root.getFieldVectors()) {
                values.add(value(vector, row));
            }
            rows.add(RowValues.comparable(values));
        }
        return rows;
    }

    private static @Nullable Object value(FieldVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (vector) {
            case TinyIntVector v -> (int) v.get(row);
            case SmallIntVector v -> (int) v.get(row);
            case BigIntVector v -> v.get(row);
            case VarCharVector v -> String.valueOf(v.getObject(row));
            case DateDayVector v -> LocalDate.ofEpochDay(v.get(row));
            case TimeMicroVector v -> LocalTime.ofNanoOfDay(v.get(row) * 1000);
            case TimeStampMicroTZVector v -> Instant.EPOCH.plus(v.get(row), ChronoUnit.MICROS);
            case MapVector v -> map(v, row);
            case ListVector v -> list(v, row);
            case StructVector v -> struct(v, row);
            default -> vector.getObject(row);
        };
    }

    private static List<@Nullable Object> list(ListVector vector, int row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
            values.add(value(vector.getDataVector(), i));
        }
        return values;
    }

    private static Map<@Nullable Object, @Nullable Object> map(MapVector vector, int row) {
        Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
        StructVector entries = (StructVector) vector.getDataVector();
        for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
            List<FieldVector> fields = entries.getChildrenFromFields();
            values.put(value(fields.get(0), i), value(fields.get(1), i));
        }
        return values;
    }

    private static List<@Nullable Object> struct(StructVector vector, int row) {
        List<@Nullable Object> values = new ArrayList<>();
        vector.getChildrenFromFields().forEach(field -> values.add(value(field, row)));
        return values;
    }
}
