package io.millrace.examples;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows as an aligned table, as the shell prints them. */
final class TextTable {

    private final RowType type;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(RowType type) {
        this.type = type;
    }

    void add(RowBatch batch) {
        for (int i = 0; i < batch.selectedCount(); i++) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < type.size(); column++) {
                cells.add(cell(type.field(column).type(), batch, column, batch.selectedRow(i)));
            }
            rows.add(cells);
        }
    }

    private static String cell(DataType type, RowBatch batch, int column, int row) {
        if (batch.column(column).isNull(row)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        SqlText.append(type, batch.column(column), row, ZoneOffset.UTC, text);
        return text.toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(line(type.fields().stream().map(field -> field.name()).toList()))
                .append('\n');
        List<String> rule = new ArrayList<>();
        for (int column = 0; column < type.size(); column++) {
            rule.add("-".repeat(width(column) + 2));
        }
        text.append(String.join("+", rule)).append('\n');
        rows.forEach(row -> text.append(line(row)).append('\n'));
        return text.append(rows.size() == 1 ? "(1 row)" : "(" + rows.size() + " rows)")
                .toString();
    }

    private String line(List<String> cells) {
        List<String> padded = new ArrayList<>();
        for (int column = 0; column < cells.size(); column++) {
            String blanks = " ".repeat(width(column) - length(cells.get(column)));
            padded.add(isNumber(column) ? blanks + cells.get(column) : cells.get(column) + blanks);
        }
        return padded.stream().collect(Collectors.joining(" | ", " ", "")).stripTrailing();
    }

    private int width(int column) {
        int width = length(type.field(column).name());
        for (List<String> row : rows) {
            width = Math.max(width, length(row.get(column)));
        }
        return width;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private boolean isNumber(int column) {
        return switch (type.field(column).type()) {
            case DataType.IntegerType t -> true;
            case DataType.FloatingType t -> true;
            case DataType.DecimalType t -> true;
            default -> false;
        };
    }
}
