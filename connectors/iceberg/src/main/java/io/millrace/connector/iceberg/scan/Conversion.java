package io.millrace.connector.iceberg.scan;

import io.millrace.spi.format.FieldIds;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** How a file's column becomes one of the table: over the same arrays where they are alike. */
@FunctionalInterface
interface Conversion {

    Conversion SAME = (column, rows) -> column;

    /** Returns the table's column for so many rows. */
    Column of(Column column, int rows);

    /**
     * Returns the conversion of a column.
     *
     * @param from the file's type
     * @param ids the numbers of what is inside it
     * @param to the table's type
     * @param wanted that as one of ours
     * @throws MismatchException where the file's values are none of the table's type
     */
    static Conversion between(DataType from, List<FieldIds> ids, Type to, DataType wanted) {
        return switch (wanted) {
            case RowType row
            when from instanceof RowType file ->
                row(file, ids, to.asStructType().fields(), row);
            case ArrayType array
            when from instanceof ArrayType file ->
                elements(between(
                        file.element(), ids.getFirst().inside(), to.asListType().elementType(), array.element()));
            case MapType map when from instanceof MapType file -> map(file, ids, to, map);
            default -> Widening.between(from, wanted);
        };
    }

    private static Conversion map(MapType file, List<FieldIds> ids, Type to, MapType wanted) {
        Conversion key = between(file.key(), ids.get(0).inside(), to.asMapType().keyType(), wanted.key());
        Conversion value =
                between(file.value(), ids.get(1).inside(), to.asMapType().valueType(), wanted.value());
        return elements(fields(
                List.of((row, rows) -> key.of(row.field(0), rows), (row, rows) -> value.of(row.field(1), rows))));
    }

    private static Conversion row(RowType file, List<FieldIds> ids, List<NestedField> fields, RowType wanted) {
        List<FieldConversion> conversions = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            NestedField field = fields.get(i);
            DataType type = wanted.field(i).type();
            int place = ids.stream().map(FieldIds::id).toList().indexOf(field.fieldId());
            if (place < 0) {
                Object otherwise = field.initialDefault();
                conversions.add((row, rows) -> TableValues.repeated(type, otherwise, rows));
            } else {
                Conversion own =
                        between(file.field(place).type(), ids.get(place).inside(), field.type(), type);
                conversions.add((row, rows) -> own.of(row.field(place), rows));
            }
        }
        return fields(conversions);
    }

    /** How a field of a ROW comes of the file's. */
    @FunctionalInterface
    interface FieldConversion {
        Column of(RowColumn row, int rows);
    }

    private static Conversion fields(List<FieldConversion> fields) {
        return (column, rows) -> {
            RowColumn from = (RowColumn) column;
            Column[] converted = new Column[fields.size()];
            for (int i = 0; i < converted.length; i++) {
                converted[i] = fields.get(i).of(from, rows);
            }
            Column row = new RowColumn(converted, from.capacity());
            row.nulls(from.nulls());
            return row;
        };
    }

    private static Conversion elements(Conversion ofElement) {
        return (column, rows) -> {
            ArrayColumn from = (ArrayColumn) column;
            ArrayColumn array = new ArrayColumn(ofElement.of(from.elements(), from.elementCount()), from.capacity());
            for (int row = 0; row < rows; row++) {
                array.range(row, from.starts()[row], from.ends()[row]);
            }
            array.nulls(from.nulls());
            return array;
        };
    }
}
