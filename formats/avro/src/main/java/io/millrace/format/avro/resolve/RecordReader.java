package io.millrace.format.avro.resolve;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Records of one writer's schema, into the columns of a row. Steps go in the order of the writer's fields; columns that
 * it does not have come last.
 */
public final class RecordReader implements ValueReader {

    /** Where a column is whose value is passed over. */
    private static final int NOWHERE = -1;

    /** What stands for the column of what is passed over. */
    private static final Column NO_COLUMN = new BooleanColumn(0);

    /** What is done with one field of the writer, or with a column that has none. */
    private record Step(ValueReader reader, int place) {}

    private final Step[] steps;

    private RecordReader(List<Step> steps) {
        this.steps = steps.toArray(Step[]::new);
    }

    /**
     * Makes a reader of rows.
     *
     * @param writer the schema that wrote
     * @param reader the schema whose names, aliases and defaults say what columns are; null where columns are named as
     *     the writer's fields are
     * @param type all columns
     * @param needed places of those that are read, in the order of the batch
     * @throws io.millrace.spi.error.RowFailure where what was written can be no row of these
     */
    public static RecordReader of(Schema writer, @Nullable Schema reader, RowType type, int[] needed) {
        int[] places = new int[type.size()];
        Arrays.fill(places, NOWHERE);
        for (int i = 0; i < needed.length; i++) {
            places[needed[i]] = i;
        }
        return new RecordReader(steps("", writer, reader, type, places));
    }

    static RecordReader nested(String path, Schema writer, @Nullable Schema reader, RowType type) {
        int[] places = new int[type.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        Schema meant = reader == null || reader.getType() != Schema.Type.RECORD ? null : reader;
        return new RecordReader(steps(path + ".", writer, meant, type, places));
    }

    static RecordReader entry(ValueReader key, ValueReader value) {
        return new RecordReader(List.of(new Step(key, 0), new Step(value, 1)));
    }

    private static List<Step> steps(String prefix, Schema writer, @Nullable Schema reader, RowType type, int[] places) {
        FieldNames names = new FieldNames(writer, reader, type);
        List<Step> steps = new ArrayList<>();
        for (Schema.Field written : writer.getFields()) {
            int column = names.column(written);
            if (column < 0 || places[column] == NOWHERE) {
                steps.add(new Step((in, none, row) -> Skipping.skip(written.schema(), in), NOWHERE));
            } else {
                Field field = type.field(column);
                Schema.Field read = names.readField(column);
                ValueReader value = Resolution.of(
                        prefix + field.name(),
                        written.schema(),
                        read == null ? null : read.schema(),
                        field.type(),
                        field.nullable());
                steps.add(new Step(value, places[column]));
            }
        }
        for (int column = 0; column < type.size(); column++) {
            if (places[column] != NOWHERE && !names.isWritten(column)) {
                steps.add(new Step(missing(prefix, names.readField(column), type.field(column)), places[column]));
            }
        }
        return steps;
    }

    private static ValueReader missing(String prefix, Schema.@Nullable Field read, Field field) {
        String path = prefix + field.name();
        return read != null && read.hasDefaultValue()
                ? DefaultReader.of(path, read, field)
                : Resolution.nulls(path, field.nullable());
    }

    /** Reads a record into a row of a batch. */
    public void readRow(DatumInput in, RowBatch rows, int row) {
        for (Step step : steps) {
            step.reader.read(in, step.place == NOWHERE ? NO_COLUMN : rows.column(step.place), row);
        }
    }

    @Override
    public void read(DatumInput in, Column column, int row) {
        column.ensureCapacity(row + 1);
        column.clearNull(row);
        for (Step step : steps) {
            step.reader.read(in, step.place == NOWHERE ? NO_COLUMN : ((RowColumn) column).field(step.place), row);
        }
    }
}
