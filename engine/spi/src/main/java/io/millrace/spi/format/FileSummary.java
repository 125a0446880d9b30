package io.millrace.spi.format;

import java.util.List;
import java.util.Map;

/**
 * What a file says of itself.
 *
 * @param bytes the file's length
 * @param rows how many rows it has
 * @param splits where parts begin that can be read alone, ascending
 * @param notes what its writer noted
 * @param fields the numbers of its fields, as they were given to its writer
 * @param columns its flat columns, by their numbers
 */
public record FileSummary(
        long bytes,
        long rows,
        List<Long> splits,
        Map<String, String> notes,
        List<FieldIds> fields,
        Map<Integer, ColumnSummary> columns) {

    public FileSummary {
        splits = List.copyOf(splits);
        notes = Map.copyOf(notes);
        fields = List.copyOf(fields);
        columns = Map.copyOf(columns);
    }
}
