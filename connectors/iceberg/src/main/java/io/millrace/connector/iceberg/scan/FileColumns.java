package io.millrace.connector.iceberg.scan;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.format.FieldIds;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the wanted fields of a table come of the columns of one of its files. */
final class FileColumns {

    private final RowType file;
    private final List<WantedField> wanted;

    /** Of each wanted field the place of its column in the file, or -1 where that has none. */
    private final int[] places;

    /** The places that are read, each once: a key's column may be wanted as well. */
    private final int[] read;

    private final List<@Nullable Conversion> conversions = new ArrayList<>();
    private final Map<Integer, Object> constants;

    /**
     * @param file the columns of the file
     * @param ids the numbers of their fields
     * @param constants what fields are that the file lacks, by their numbers; others have their default
     * @throws MillraceException {@code DATA_CORRUPTED} where a column has another type than it could have had
     */
    FileColumns(RowType file, List<FieldIds> ids, List<WantedField> wanted, Map<Integer, Object> constants) {
        this.file = file;
        this.wanted = wanted;
        this.constants = constants;
        this.places = new int[wanted.size()];
        List<Integer> numbers = ids.stream().map(FieldIds::id).toList();
        for (int i = 0; i < places.length; i++) {
            WantedField each = wanted.get(i);
            places[i] = numbers.indexOf(each.field().fieldId());
            conversions.add(
                    places[i] < 0
                            ? null
                            : conversion(
                                    file.field(places[i]), ids.get(places[i]).inside(), each));
        }
        this.read = Arrays.stream(places)
                .filter(place -> place >= 0)
                .sorted()
                .distinct()
                .toArray();
    }

    private static Conversion conversion(Field column, List<FieldIds> inside, WantedField wanted) {
        try {
            return Conversion.between(column.type(), inside, wanted.field().type(), wanted.type());
        } catch (MismatchException e) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "column '" + column.name() + "' is not of the table's type: " + e.getMessage(),
                    null,
                    e);
        }
    }

    /** Returns which columns of the file are read, in this order. */
    int[] read() {
        return read.clone();
    }

    /** Returns bounds of the wanted fields as bounds of the file's columns, as far as it has them. */
    List<ColumnBounds> bounds(List<ColumnBounds> ofFields) {
        List<ColumnBounds> found = new ArrayList<>();
        for (ColumnBounds each : ofFields) {
            for (int i = 0; i < places.length; i++) {
                if (places[i] >= 0 && wanted.get(i).field().name().equals(each.column()) && isOnly(places[i])) {
                    found.add(named(each, file.field(places[i]).name()));
                }
            }
        }
        return found;
    }

    /** Bounds name columns whatever their case. */
    private boolean isOnly(int place) {
        String name = file.field(place).name();
        return file.fields().stream()
                        .filter(field -> field.name().equalsIgnoreCase(name))
                        .count()
                == 1;
    }

    private static ColumnBounds named(ColumnBounds bounds, String name) {
        return new ColumnBounds(
                name, bounds.type(), bounds.nulls(), bounds.min(), bounds.minOpen(), bounds.max(), bounds.maxOpen());
    }

    /** Returns the wanted fields of rows of the columns that are read. */
    Column[] of(RowBatch rows) {
        Column[] columns = new Column[places.length];
        for (int i = 0; i < columns.length; i++) {
            Conversion conversion = conversions.get(i);
            columns[i] = conversion == null
                    ? TableValues.repeated(wanted.get(i).type(), otherwise(i), rows.size())
                    : conversion.of(rows.column(Arrays.binarySearch(read, places[i])), rows.size());
        }
        return columns;
    }

    private @Nullable Object otherwise(int i) {
        int id = wanted.get(i).field().fieldId();
        return constants.containsKey(id)
                ? constants.get(id)
                : wanted.get(i).field().initialDefault();
    }
}
