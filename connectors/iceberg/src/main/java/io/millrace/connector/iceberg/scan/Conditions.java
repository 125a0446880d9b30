package io.millrace.connector.iceberg.scan;

import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowCondition.Comparison;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * What a filter says, as Iceberg is told it to leave files out. It is never stricter than the filter: what Iceberg would
 * see in another way is left out, and numbers with floating point are asked for with a margin, NaN with the greatest.
 */
final class Conditions {

    private final Schema schema;

    private Conditions(Schema schema) {
        this.schema = schema;
    }

    /** Returns what all wanted rows fulfil. */
    static Expression of(List<RowCondition> conditions, Schema schema) {
        return new Conditions(schema).all(conditions);
    }

    private Expression all(List<RowCondition> parts) {
        Expression all = Expressions.alwaysTrue();
        for (RowCondition part : parts) {
            Expression one = one(part);
            all = one == null ? all : Expressions.and(all, one);
        }
        return all;
    }

    private @Nullable Expression one(RowCondition condition) {
        return switch (condition) {
            case RowCondition.Compared(String column, Comparison comparison, Object value) ->
                compared(column, comparison, value);
            case RowCondition.OneOf(String column, List<Object> values) ->
                any(values.stream()
                        .map(value -> (RowCondition) new RowCondition.Compared(column, Comparison.EQUAL, value))
                        .toList());
            case RowCondition.Null(String column) -> flat(column) == null ? null : Expressions.isNull(column);
            case RowCondition.NotNull(String column) -> flat(column) == null ? null : Expressions.notNull(column);
            case RowCondition.All(List<RowCondition> parts) -> all(parts);
            case RowCondition.Any(List<RowCondition> parts) -> any(parts);
        };
    }

    private @Nullable Expression any(List<RowCondition> parts) {
        List<Expression> found = new ArrayList<>();
        for (RowCondition part : parts) {
            Expression one = one(part);
            if (one == null) {
                return null;
            }
            found.add(one);
        }
        return found.stream().reduce(Expressions.alwaysFalse(), Expressions::or);
    }

    /** Returns a column that is no part of another and has none, or null. */
    private @Nullable NestedField flat(String column) {
        NestedField field = schema.asStruct().field(column);
        return field == null || column.contains(".") || !field.type().isPrimitiveType() ? null : field;
    }

    private @Nullable Expression compared(String column, Comparison comparison, Object value) {
        NestedField field = flat(column);
        if (field == null) {
            return null;
        }
        Type type = field.type();
        if (type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE) {
            return value instanceof Number number ? FloatingBounds.of(column, type, comparison, number) : null;
        }
        Object literal = Literals.of(type, value);
        return literal == null ? null : predicate(column, comparison, literal);
    }

    private static Expression predicate(String column, Comparison comparison, Object literal) {
        return switch (comparison) {
            case EQUAL -> Expressions.equal(column, literal);
            case NOT_EQUAL -> Expressions.notEqual(column, literal);
            case LESS -> Expressions.lessThan(column, literal);
            case LESS_OR_EQUAL -> Expressions.lessThanOrEqual(column, literal);
            case GREATER -> Expressions.greaterThan(column, literal);
            case GREATER_OR_EQUAL -> Expressions.greaterThanOrEqual(column, literal);
        };
    }

    /** Returns an expression as people write it. */
    static String text(Expression expression) {
        return expression.toString().replaceAll("ref\\(name=\"([^\"]*)\"\\)", "$1");
    }
}
