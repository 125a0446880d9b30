package io.millrace.server.command;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows as they come. A table's column widths are those of its first rows, which are held back a
 * moment; an endless answer is shown as it arrives.
 */
final class RowPrinter {

    /** How rows look. */
    enum Format {
        table,
        csv,
        json
    }

    /** Rows that a table looks at before it settles its widths. */
    private static final int ROWS_MEASURED_MAX = 200;
    /** How long a table may hold back rows that are there, while more may come. */
    private static final long HOLD_NANOS = 100_000_000L;

    private final PrintWriter out;
    private final Format format;

    RowPrinter(PrintWriter out, Format format) {
        this.out = out;
        this.format = format;
    }

    /** Notes a statement without rows. */
    void done(long updateCount) {
        if (format == Format.table) {
            out.println(updateCount > 0 ? "ok, " + updateCount + (updateCount == 1 ? " row" : " rows") : "ok");
            out.flush();
        }
    }

    void print(ResultSet result) throws SQLException {
        switch (format) {
            case table -> printTable(result);
            case csv -> printCsv(result);
            case json -> printJson(result);
        }
        out.flush();
    }

    private void printTable(ResultSet result) throws SQLException {
        TableLayout layout = new TableLayout(result.getMetaData());
        List<@Nullable String[]> held = new ArrayList<>();
        long rows = 0;
        long firstHeld = 0;
        boolean settled = false;
        while (result.next()) {
            rows++;
            @Nullable String[] cells = cells(result);
            if (settled) {
                out.println(layout.line(cells));
                out.flush();
                continue;
            }
            firstHeld = held.isEmpty() ? System.nanoTime() : firstHeld;
            held.add(cells);
            layout.measure(cells);
            boolean endless = result.getFetchSize() == 1;
            if (endless || held.size() == ROWS_MEASURED_MAX || System.nanoTime() - firstHeld > HOLD_NANOS) {
                printHeld(layout, held);
                settled = true;
            }
        }
        if (!settled) {
            printHeld(layout, held);
        }
        out.println(rows == 1 ? "(1 row)" : "(" + rows + " rows)");
    }

    private void printHeld(TableLayout layout, List<@Nullable String[]> held) {
        out.println(layout.header());
        out.println(layout.rule());
        held.forEach(cells -> out.println(layout.line(cells)));
        out.flush();
        held.clear();
    }

    private void printCsv(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<String> header = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            header.add(csv(columns.getColumnLabel(i)));
        }
        out.println(String.join(",", header));
        while (result.next()) {
            List<String> line = new ArrayList<>();
            for (@Nullable String cell : cells(result)) {
                line.add(cell == null ? "" : csv(cell));
            }
            out.println(String.join(",", line));
            out.flush();
        }
    }

    private static String csv(String cell) {
        boolean plain = !cell.isEmpty() && cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private void printJson(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        while (result.next()) {
            StringBuilder line = new StringBuilder("{");
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                line.append(i > 1 ? "," : "")
                        .append(JsonText.quote(columns.getColumnLabel(i)))
                        .append(':');
                String cell = result.getString(i);
                line.append(cell == null ? "null" : bare(columns, i, cell) ? cell : JsonText.quote(cell));
            }
            out.println(line.append('}'));
            out.flush();
        }
    }

    /** Numbers, booleans and JSON documents stand in JSON as they are. */
    private static boolean bare(ResultSetMetaData columns, int column, String cell) throws SQLException {
        return switch (columns.getColumnType(column)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.DECIMAL, Types.NUMERIC -> true;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> JsonText.isNumber(cell);
            case Types.STRUCT, Types.OTHER -> JsonText.isDocument(cell);
            default -> false;
        };
    }

    private static @Nullable String[] cells(ResultSet result) throws SQLException {
        @Nullable String[] cells = new @Nullable String[result.getMetaData().getColumnCount()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = result.getString(i + 1);
        }
        return cells;
    }
}
