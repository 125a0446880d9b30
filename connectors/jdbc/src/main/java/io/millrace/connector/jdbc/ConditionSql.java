package io.millrace.connector.jdbc;

import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowCondition.All;
import io.millrace.spi.connector.RowCondition.Any;
import io.millrace.spi.connector.RowCondition.Compared;
import io.millrace.spi.connector.RowCondition.Comparison;
import io.millrace.spi.connector.RowCondition.NotNull;
import io.millrace.spi.connector.RowCondition.Null;
import io.millrace.spi.connector.RowCondition.OneOf;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Conditions as a WHERE, as far as a database may be asked for them. Constants are parameters: none of them becomes
 * text of a statement.
 */
final class ConditionSql {

    /** Most values of one list. */
    private static final int VALUES_MAX = 1000;

    /**
     * A part of a statement.
     *
     * @param sql with a question mark for each of the values
     */
    record Part(String sql, List<BoundValue> values) {}

    private final Dialect dialect;
    private final List<DatabaseColumn> columns;
    private final RowType declared;

    /** @param declared the columns as they are here */
    ConditionSql(Dialect dialect, List<DatabaseColumn> columns, RowType declared) {
        this.dialect = dialect;
        this.columns = columns;
        this.declared = declared;
    }

    /** Returns what a database is asked of conditions that must all hold; empty text where that is nothing. */
    Part where(List<RowCondition> conditions) {
        Part all = all(conditions);
        return all == null ? new Part("", List.of()) : new Part(" WHERE " + all.sql, all.values);
    }

    private @Nullable Part all(List<RowCondition> conditions) {
        // Of what must all hold, what cannot be asked is left to be tested here.
        List<Part> parts = new ArrayList<>();
        for (RowCondition condition : conditions) {
            Part part = part(condition);
            if (part != null) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? null : joined(parts, " AND ");
    }

    private @Nullable Part part(RowCondition condition) {
        return switch (condition) {
            case All all -> bracketed(all(all.parts()));
            case Any any -> any(any.parts());
            case Compared compared -> compared(compared.column(), compared.comparison(), List.of(compared.value()));
            case OneOf oneOf ->
                oneOf.values().size() > VALUES_MAX ? null : compared(oneOf.column(), Comparison.EQUAL, oneOf.values());
            case Null isNull -> nullness(isNull.column(), " IS NULL");
            case NotNull notNull -> nullness(notNull.column(), " IS NOT NULL");
        };
    }

    private @Nullable Part any(List<RowCondition> alternatives) {
        List<Part> parts = new ArrayList<>();
        for (RowCondition alternative : alternatives) {
            Part part = part(alternative);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return bracketed(joined(parts, " OR "));
    }

    private static Part joined(List<Part> parts, String between) {
        return new Part(
                parts.stream().map(Part::sql).collect(Collectors.joining(between)),
                parts.stream().flatMap(part -> part.values.stream()).toList());
    }

    private static @Nullable Part bracketed(@Nullable Part part) {
        return part == null ? null : new Part("(" + part.sql + ")", part.values);
    }

    private @Nullable Part nullness(String name, String test) {
        DatabaseColumn column = DatabaseColumn.find(columns, name);
        return column == null ? null : new Part(dialect.quote(column.name()) + test, List.of());
    }

    private @Nullable Part compared(String name, Comparison comparison, List<Object> constants) {
        DatabaseColumn column = DatabaseColumn.find(columns, name);
        Field field = declared.fields().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
        String operand =
                column == null || field == null ? null : Pushdown.operand(dialect, column, field.type(), comparison);
        if (column == null || operand == null) {
            return null;
        }
        List<BoundValue> values = new ArrayList<>();
        for (Object constant : constants) {
            BoundValue value = BoundValue.of(dialect, column, constant);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return new Part(
                values.size() == 1
                        ? operand + " " + comparison.sign() + " ?"
                        : operand + " IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")",
                values);
    }
}
