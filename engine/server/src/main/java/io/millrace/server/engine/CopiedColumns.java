package io.millrace.server.engine;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a file of columns, found by their names and converted as an INSERT does. A column of the stream that the file
 * has not is NULL; what else the file has is not read.
 */
final class CopiedColumns implements CopiedRows {

    private final RowFileReader reader;
    private final BatchProjection conversion;
    private final EvaluationContext context;
    private final CopyRejections rejections;
    private long row;

    CopiedColumns(
            RowFileReader reader,
            RowType wanted,
            ExpressionEngine expressions,
            EvaluationContext context,
            CopyRejections rejections) {
        this.reader = reader;
        this.context = context;
        this.rejections = rejections;
        RowType all = reader.type();
        List<Integer> places = new ArrayList<>();
        List<Field> read = new ArrayList<>();
        List<Expression> outputs = new ArrayList<>();
        for (Field field : wanted.fields()) {
            int place = place(all, field.name());
            if (place < 0) {
                outputs.add(missing(field, all));
            } else {
                Field found = all.field(place);
                outputs.add(converted(new Expression.Column(read.size(), found.type(), found.nullable()), field));
                places.add(place);
                read.add(found);
            }
        }
        if (read.isEmpty() && wanted.size() > 0) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH, "the file has none of the columns " + wanted + ", but " + all);
        }
        reader.project(places.stream().mapToInt(Integer::intValue).toArray());
        this.conversion = conversion(expressions, new RowType(read), outputs, wanted);
    }

    private static int place(RowType type, String name) {
        for (int i = 0; i < type.size(); i++) {
            if (type.field(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private static Expression missing(Field field, RowType all) {
        if (!field.nullable()) {
            throw new MillraceException(
                    ErrorCode.NULL_NOT_ALLOWED,
                    "column '" + field.name() + "' is NOT NULL and not in the file, which has " + all);
        }
        return new Expression.Literal(null, field.type());
    }

    /** Returns the value in the column's type; NULL in a NOT NULL column is an error of the row. */
    private static Expression converted(Expression.Column column, Field field) {
        Expression fitted = column.type().equals(field.type())
                ? column
                : new Expression.Cast(column, field.type(), column.nullable(), false);
        if (field.nullable() || !column.nullable()) {
            return fitted;
        }
        String message = "NULL for column '" + field.name() + "', which is NOT NULL";
        return new Expression.Call(
                ScalarFunction.NOT_NULL,
                List.of(fitted, new Expression.Literal(message, DataType.VARCHAR)),
                field.type(),
                false);
    }

    private static BatchProjection conversion(
            ExpressionEngine expressions, RowType read, List<Expression> outputs, RowType wanted) {
        try {
            return expressions.projection(read, null, outputs, wanted);
        } catch (MillraceException e) {
            throw ofColumn(expressions, read, outputs, wanted, e);
        }
    }

    /** Returns what is wrong with the first column that cannot be converted by itself either, with its name. */
    private static MillraceException ofColumn(
            ExpressionEngine expressions,
            RowType read,
            List<Expression> outputs,
            RowType wanted,
            MillraceException ofAll) {
        for (int i = 0; i < outputs.size(); i++) {
            Field field = wanted.field(i);
            try {
                expressions.projection(read, null, List.of(outputs.get(i)), RowType.of(field));
            } catch (MillraceException e) {
                return new MillraceException(e.code(), "column '" + field.name() + "': " + e.getMessage(), e.hint(), e);
            }
        }
        return ofAll;
    }

    @Override
    public @Nullable RowBatch next() throws IOException {
        RowBatch batch = reader.next();
        if (batch == null) {
            return null;
        }
        long first = row;
        row += batch.size();
        return conversion.apply(
                batch,
                context,
                (at, code, reason) -> rejections.row("row " + (first + at + 1), code, reason, batch, at));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
