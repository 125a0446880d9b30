package io.millrace.format.avro;

import io.millrace.spi.Options;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** Which column each field of a schema is written from. Every row has a form: what might have none is refused before. */
final class WritePlan {

    private final Schema schema;
    private final RecordNode root;
    private final int[] columns;

    private WritePlan(Schema schema, RecordNode root, int[] columns) {
        this.schema = schema;
        this.root = root;
        this.columns = columns;
    }

    /** Writes with a schema that was made of the columns. */
    static WritePlan made(Schema schema) {
        RecordNode root = RecordNode.of(schema);
        return new WritePlan(
                schema, root, IntStream.range(0, root.type().size()).toArray());
    }

    /**
     * Writes with a schema that somebody gave.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} where it does not take every row
     */
    static WritePlan given(Schema schema, RowType columns) {
        requireFields(schema, columns);
        RecordNode root = RecordNode.of(schema);
        int[] places = new int[root.type().size()];
        for (int i = 0; i < places.length; i++) {
            Field field = root.type().field(i);
            places[i] = place(columns, field.name());
            if (places[i] < 0) {
                throw invalid(schema, "a column for its field '" + field.name() + "'");
            }
            requireSame(schema, field, columns.field(places[i]));
            requireWritable(schema, schema.getFields().get(i).schema(), field.name());
        }
        return new WritePlan(schema, root, places);
    }

    /** Refuses a schema that has no field for a column. */
    static void requireFields(Schema schema, RowType columns) {
        RowType fields = new RowType(schema.getFields().stream()
                .map(field -> field.getProp(WriteSchema.COLUMN_NAME) == null
                        ? field.name()
                        : field.getProp(WriteSchema.COLUMN_NAME))
                .map(name -> Field.nullable(name, DataType.VARCHAR))
                .toList());
        for (Field column : columns.fields()) {
            if (place(fields, column.name()) < 0) {
                throw invalid(schema, "a field for each column, also for '" + column.name() + "'");
            }
        }
    }

    private static RuntimeException invalid(Schema schema, String expected) {
        return Options.invalid("schema", schema.getFullName(), expected);
    }

    private static int place(RowType type, String name) {
        int exact = type.indexOf(name);
        return exact >= 0
                ? exact
                : IntStream.range(0, type.size())
                        .filter(i -> type.field(i).name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(-1);
    }

    private static void requireSame(Schema schema, Field field, Field column) {
        if (!takes(field.type(), column.type())) {
            throw invalid(
                    schema, "a field '" + field.name() + "' for " + column.type() + "; it is one for " + field.type());
        }
        if (column.nullable() && !field.nullable()) {
            throw invalid(schema, "a field '" + field.name() + "' that may be null, or a column that is NOT NULL");
        }
    }

    /** Returns whether a field's form has one for every value of a column. */
    private static boolean takes(DataType field, DataType column) {
        return switch (field) {
            case DecimalType f
            when column instanceof DecimalType c ->
                f.scale() == c.scale() && f.precision() >= c.precision() && f.storage() == c.storage();
            case TimestampType f when column instanceof TimestampType c -> f.zoned() == c.zoned();
            case ArrayType f -> f.equals(column);
            case MapType f -> f.equals(column);
            case RowType f -> f.equals(column);
            default -> field.getClass() == column.getClass() && field.storage() == column.storage();
        };
    }

    private static void requireWritable(Schema schema, Schema part, String field) {
        boolean readOnly = part.getType() == Schema.Type.ENUM
                || (part.getType() == Schema.Type.FIXED && !(part.getLogicalType() instanceof LogicalTypes.Decimal));
        if (readOnly) {
            throw invalid(
                    schema,
                    "no " + part.getType().getName() + " in field '" + field + "', which not every value is one of");
        }
        switch (part.getType()) {
            case UNION -> part.getTypes().forEach(branch -> requireWritable(schema, branch, field));
            case ARRAY -> requireWritable(schema, part.getElementType(), field);
            case MAP -> requireWritable(schema, part.getValueType(), field);
            case RECORD -> part.getFields().forEach(inner -> requireWritable(schema, inner.schema(), field));
            default -> {}
        }
    }

    Schema schema() {
        return schema;
    }

    void write(RowBatch rows, int row, Encoder out) throws IOException {
        root.writeRow(rows, columns, row, out);
    }
}
