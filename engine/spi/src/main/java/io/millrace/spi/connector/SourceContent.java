package io.millrace.spi.connector;

import io.millrace.spi.row.RowBatch;
import java.util.Map;

/**
 * What a source of changes holds at one moment, and where the changes after it begin.
 *
 * @param rows the rows, each as often as its weight says; nobody else uses them
 * @param positions by split, the position of the first change that is not in {@code rows}
 */
public record SourceContent(RowBatch rows, Map<String, Long> positions) {
    public SourceContent {
        positions = Map.copyOf(positions);
    }
}
