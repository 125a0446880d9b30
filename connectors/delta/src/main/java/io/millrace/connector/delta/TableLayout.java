package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FieldIds;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * How a delivery's rows lie in a table: which columns are in the files, and which are said of a file as a whole.
 *
 * @param fileType the columns in the files, named as the table has them
 * @param fileColumns their places among the delivery's
 * @param ids the numbers that the files know them by
 * @param partitions the columns that the table is parted by, in its order
 */
record TableLayout(RowType fileType, int[] fileColumns, List<FieldIds> ids, List<PartitionColumn> partitions) {

    static TableLayout of(RowType columns, JsonNode schema, List<String> partitionColumns) {
        List<Field> fields = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        PartitionColumn[] partitions = new PartitionColumn[partitionColumns.size()];
        for (int i = 0; i < columns.size(); i++) {
            Field field = columns.field(i);
            String name = schema.path("fields")
                    .get(TableSchema.find(schema, field.name()))
                    .path("name")
                    .asText();
            int partition = partitionColumns.indexOf(name);
            if (partition >= 0) {
                partitions[partition] = PartitionColumn.of(name, i, field.type());
            } else {
                fields.add(new Field(name, field.type(), field.nullable()));
                places.add(i);
            }
        }
        for (int i = 0; i < partitions.length; i++) {
            if (partitions[i] == null) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "the table is parted by '" + partitionColumns.get(i) + "', which is no column of the delivery",
                        "deliver a query that has it");
            }
        }
        if (fields.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "option 'partition_by' has all columns, and none is left for the files",
                    "part the table by fewer of them");
        }
        RowType fileType = new RowType(fields);
        return new TableLayout(
                fileType,
                places.stream().mapToInt(Integer::intValue).toArray(),
                new Numbers().of(fileType),
                List.of(partitions));
    }

    /** Numbers fields, those inside others too. */
    private static final class Numbers {

        private int last;

        List<FieldIds> of(RowType type) {
            return type.fields().stream().map(field -> of(field.type())).toList();
        }

        private FieldIds of(DataType type) {
            int id = ++last;
            return new FieldIds(
                    id,
                    switch (type) {
                        case ArrayType t -> List.of(of(t.element()));
                        case MapType t -> List.of(of(t.key()), of(t.value()));
                        case RowType t -> of(t);
                        default -> List.of();
                    });
        }
    }

    /** Returns what of a batch goes into a file, over the same arrays. */
    RowBatch ofFile(RowBatch rows) {
        Column[] columns = new Column[fileColumns.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows.column(fileColumns[i]);
        }
        RowBatch some = new RowBatch(fileType, columns);
        some.size(rows.size());
        some.select(rows.selection(), rows.selectedCount());
        return some;
    }
}
