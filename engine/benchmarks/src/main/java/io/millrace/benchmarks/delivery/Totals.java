package io.millrace.benchmarks.delivery;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What the rows of {@link EightColumns} come to: their number, a sum for each column, and sums that hold only where the
 * cells of a row have stayed together. Whoever wrote a file, its rows are read back and compared with those that were
 * given by this. For one thread.
 */
final class Totals {

    /** The same of DuckDB, in the same order. */
    static final List<String> QUERIES = List.of(
            "COUNT(*)",
            "SUM(id)",
            "SUM(epoch_us(\"at\") % 1000000007)",
            "SUM(CAST(substr(account, 9) AS BIGINT))",
            "SUM(CAST(substr(symbol, 4) AS BIGINT))",
            "COUNT(note)",
            "SUM(strlen(note) * (id % 1009))",
            "SUM(ord(right(note, 1)) * (id % 1009))",
            "SUM(CAST(round(price * 100) AS BIGINT) * (id % 1009))",
            "SUM(quantity * (id % 1009))",
            "SUM(CASE WHEN buy THEN id % 1009 ELSE 0 END)");

    private static final long TIMES = 1_000_000_007;
    private static final long TIE = 1009;

    private final long[] sums = new long[QUERIES.size()];

    void add(RowBatch rows) {
        for (int i = 0; i < rows.selectedCount(); i++) {
            add(rows, rows.selectedRow(i));
        }
    }

    private void add(RowBatch rows, int row) {
        long id = ((LongColumn) rows.column(0)).get(row);
        long tie = id % TIE;
        sums[0]++;
        sums[1] += id;
        sums[2] += ((LongColumn) rows.column(1)).get(row) % TIMES;
        sums[3] += number((BytesColumn) rows.column(2), row, "account-".length());
        sums[4] += number((BytesColumn) rows.column(3), row, "SYM".length());
        if (!rows.column(4).isNull(row)) {
            BytesColumn notes = (BytesColumn) rows.column(4);
            sums[5]++;
            sums[6] += notes.length(row) * tie;
            sums[7] += notes.data(row)[notes.ends()[row] - 1] * tie;
        }
        sums[8] += Math.round(((DoubleColumn) rows.column(5)).get(row) * 100) * tie;
        sums[9] += ((IntColumn) rows.column(6)).get(row) * tie;
        sums[10] += ((BooleanColumn) rows.column(7)).get(row) ? tie : 0;
    }

    /** Returns the number at the end of a text. */
    private static long number(BytesColumn texts, int row, int start) {
        int from = texts.starts()[row] + start;
        return Long.parseLong(new String(texts.data(row), from, texts.ends()[row] - from, StandardCharsets.ISO_8859_1));
    }

    List<Long> sums() {
        return LongStream.of(sums).boxed().toList();
    }
}
