package io.millrace.server.file;

import io.millrace.plan.expression.Expression;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the wanted columns of a relation come of those of one file: as they are, widened, from the names of its folders,
 * or NULL where the file has none.
 *
 * @param places the file's columns that are read, in the order in which they are read
 * @param read their types
 * @param conversion what makes the wanted columns of them, or null where they are them
 */
record WantedRows(int[] places, RowType read, @Nullable BatchProjection conversion) {

    /**
     * @param declared whether the relation's types were declared, so that values are cast to them
     * @throws MillraceException {@code WRONG_STATE} where the file has columns that the statement was not planned for
     */
    static WantedRows of(
            FoundFile file, RowType columns, RowType wanted, boolean declared, ExpressionEngine expressions) {
        List<Integer> places = new ArrayList<>();
        List<Field> read = new ArrayList<>();
        List<Expression> outputs = new ArrayList<>();
        boolean asIs = true;
        for (Field field : wanted.fields()) {
            String key = key(file, field.name());
            int place = key == null ? place(columns, field.name()) : -1;
            if (place >= 0) {
                Field found = columns.field(place);
                Expression column = new Expression.Column(read.size(), found.type(), found.nullable());
                asIs &= found.type().equals(field.type());
                outputs.add(converted(column, field, declared, file));
                places.add(place);
                read.add(found);
            } else {
                asIs = false;
                outputs.add(
                        key == null
                                ? nothing(field.type())
                                : constant(file.keys().get(key), field.type()));
            }
        }
        RowType type = new RowType(read);
        return new WantedRows(
                places.stream().mapToInt(Integer::intValue).toArray(),
                type,
                asIs ? null : expressions.projection(type, null, outputs, wanted));
    }

    private static Expression nothing(DataType type) {
        return new Expression.Literal(null, type);
    }

    /** Returns the name of a column among those of the file's folders, or null. */
    private static @Nullable String key(FoundFile file, String name) {
        for (String key : file.keys().keySet()) {
            if (key.equalsIgnoreCase(name)) {
                return key;
            }
        }
        return null;
    }

    private static int place(RowType type, String name) {
        return IntStream.range(0, type.size())
                .filter(i -> type.field(i).name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(-1);
    }

    private static Expression constant(@Nullable String text, DataType type) {
        Expression value = new Expression.Literal(text, DataType.VARCHAR);
        return type.equals(DataType.VARCHAR) || text == null
                ? new Expression.Literal(text, type)
                : new Expression.Cast(value, type, false, false);
    }

    private static Expression converted(Expression column, Field field, boolean declared, FoundFile file) {
        if (column.type().equals(field.type())) {
            return column;
        }
        if (!declared && !field.type().equals(UnitedRows.both(field.type(), column.type()))) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE,
                    "'" + file.url() + "': column '" + field.name() + "' is " + column.type()
                            + ", and was not when the statement was planned, for " + field.type(),
                    "give the statement again");
        }
        return new Expression.Cast(column, field.type(), column.nullable(), false);
    }

    /** Returns the wanted columns of rows of the file. */
    RowBatch convert(RowBatch rows, EvaluationContext context, FileRows source, long rowsBefore) {
        return conversion == null
                ? rows
                : conversion.apply(rows, context, (row, code, reason) -> {
                    Map<String, Object> shown = new java.util.LinkedHashMap<>();
                    for (int i = 0; i < rows.columnCount(); i++) {
                        shown.put(
                                read.field(i).name(),
                                String.valueOf(JavaValues.get(read.field(i).type(), rows.column(i), row)));
                    }
                    throw new MillraceException(
                            code, source.place(rowsBefore, row) + ": " + reason + ", in " + shown, null);
                });
    }
}
