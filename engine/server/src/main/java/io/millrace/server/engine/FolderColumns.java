package io.millrace.server.engine;

import io.millrace.plan.expression.Expression;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.server.file.FilePattern;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those of the wanted columns that folders of a file are named after: {@code day=2026-01-31/}. They hide what the file
 * has of the same names, as they do in {@code FROM}.
 */
final class FolderColumns {

    private final Map<String, @Nullable String> keys;
    private final RowType wanted;

    private FolderColumns(Map<String, @Nullable String> keys, RowType wanted) {
        this.keys = keys;
        this.wanted = wanted;
    }

    static FolderColumns of(String url, RowType wanted) {
        return new FolderColumns(FilePattern.keys(url), wanted);
    }

    boolean isEmpty() {
        return rest().size() == wanted.size();
    }

    /** Returns the wanted columns that are the file's. */
    RowType rest() {
        return new RowType(wanted.fields().stream()
                .filter(field -> key(field.name()) == null)
                .toList());
    }

    /**
     * Returns what makes the wanted columns of those that are read of the file.
     *
     * @throws MillraceException {@code INVALID_VALUE} and the like where a folder's value is none of its column's type,
     *     {@code NULL_NOT_ALLOWED}
     */
    BatchProjection projection(RowType read, ExpressionEngine expressions, EvaluationContext context) {
        List<Expression> outputs = new ArrayList<>();
        for (Field field : wanted.fields()) {
            String key = key(field.name());
            outputs.add(key == null ? column(read, field) : value(key, field, expressions, context));
        }
        return expressions.projection(read, null, outputs, wanted);
    }

    private @Nullable String key(String column) {
        return keys.keySet().stream()
                .filter(column::equalsIgnoreCase)
                .findFirst()
                .orElse(null);
    }

    private static Expression column(RowType read, Field field) {
        int place = read.fields().indexOf(field);
        return new Expression.Column(place, field.type(), field.nullable());
    }

    private Expression value(String key, Field field, ExpressionEngine expressions, EvaluationContext context) {
        String text = keys.get(key);
        if (text == null) {
            if (!field.nullable()) {
                throw new MillraceException(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "column '" + field.name() + "' is NOT NULL, and the file's folder says that it is NULL");
            }
            return new Expression.Literal(null, field.type());
        }
        Expression literal = new Expression.Literal(text, DataType.VARCHAR);
        if (field.type().equals(DataType.VARCHAR)) {
            return literal;
        }
        Expression value = new Expression.Cast(literal, field.type(), false, false);
        check(key + "=" + text, value, field, expressions, context);
        return value;
    }

    /** All rows would fail alike: the file is told of, and not each of them. */
    private static void check(
            String folder, Expression value, Field field, ExpressionEngine expressions, EvaluationContext context) {
        RowType none = new RowType(List.of());
        RowBatch row = RowBatch.create(none, 1);
        row.size(1);
        try {
            expressions
                    .projection(none, null, List.of(value), RowType.of(field))
                    .apply(row, context, (at, code, reason) -> {
                        throw new MillraceException(code, reason);
                    });
        } catch (MillraceException e) {
            throw new MillraceException(
                    e.code(),
                    "column '" + field.name() + "' of the folder '" + folder + "': " + e.getMessage(),
                    "leave the column out of those that are copied, or give it another type",
                    e);
        }
    }
}
