package io.millrace.sql.system.relation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A catalog relation and its columns.
 *
 * @param oid its number, PostgreSQL's own for those of {@code pg_catalog}
 * @param kind {@code r} for a table, {@code v} for a view
 */
public record Relation(String schema, String name, long oid, String kind, List<Column> columns) {

    /**
     * A column.
     *
     * @param required whether it has a value in every row
     */
    public record Column(String name, PostgresType type, boolean required) {}

    /** Reads {@code schema.name oid kind column:type column:type! …}; the sign marks required columns. */
    static Relation parse(String line) {
        String[] words = line.split(" ", -1);
        int dot = words[0].indexOf('.');
        List<Column> columns = new ArrayList<>();
        for (int i = 3; i < words.length; i++) {
            boolean required = words[i].endsWith("!");
            String text = required ? words[i].substring(0, words[i].length() - 1) : words[i];
            int colon = text.indexOf(':');
            columns.add(new Column(text.substring(0, colon), PostgresTypes.named(text.substring(colon + 1)), required));
        }
        return new Relation(
                words[0].substring(0, dot),
                words[0].substring(dot + 1),
                Long.parseLong(words[1]),
                words[2],
                List.copyOf(columns));
    }

    /**
     * Returns a row with these values, given as names and values in turn. Other required columns get what PostgreSQL has
     * where there is nothing to say: 0, false, an empty text.
     */
    @Nullable
    Object[] row(@Nullable Object... namesAndValues) {
        @Nullable Object[] row = new @Nullable Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = columns.get(i).required() ? nothing(columns.get(i).type()) : null;
        }
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row[indexOf(String.valueOf(namesAndValues[i]))] = namesAndValues[i + 1];
        }
        return row;
    }

    private int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " has no column " + column);
    }

    private static @Nullable Object nothing(PostgresType type) {
        return switch (type.dataType().storage()) {
            case BOOLEAN -> false;
            case INT -> 0;
            case LONG -> type.category().equals("D") ? null : 0L;
            case FLOAT -> 0f;
            case DOUBLE -> 0d;
            case ARRAY -> List.of();
            default -> type.name().startsWith("reg") ? new ObjectName(0, "-") : "";
        };
    }
}
