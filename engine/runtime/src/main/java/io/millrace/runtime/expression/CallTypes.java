package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.plan.expression.TimeUnit;
import io.millrace.spi.type.DataType;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The types of a call's arguments, and of what it gives. */
record CallTypes(Call call) {

    ScalarFunction function() {
        return call.function();
    }

    DataType result() {
        return call.type();
    }

    int count() {
        return call.arguments().size();
    }

    boolean counts(int from, int to) {
        return count() >= from && count() <= to;
    }

    /** Returns an argument's type; that of one that is not there is that before it, and at last that of the result. */
    DataType at(int argument) {
        int last = Math.min(argument, count() - 1);
        return last < 0 ? result() : call.arguments().get(last).type();
    }

    boolean all(Predicate<DataType> kind) {
        return from(0, kind);
    }

    /** Tells whether the arguments from this place on are of a kind. */
    boolean from(int place, Predicate<DataType> kind) {
        return types().stream().skip(place).allMatch(kind);
    }

    /** Tells whether the first so many arguments are text. */
    boolean texts(int count) {
        return types().stream().limit(count).allMatch(Types::isText);
    }

    boolean integersFrom(int place) {
        return from(place, Types::isInteger);
    }

    /** Tells whether all are numbers, and what comes out. */
    boolean numbers() {
        return Types.isNumber(result()) && all(Types::isNumber);
    }

    /** Tells whether an argument has the form of the type, or is the NULL that has every type. */
    boolean fits(int argument, DataType type) {
        Expression expression = call.arguments().get(argument);
        return (expression instanceof Literal literal && literal.value() == null)
                || Types.sameForm(expression.type(), type);
    }

    /** Tells whether the arguments from this place on have the form of the type. */
    boolean fitFrom(int place, DataType type) {
        for (int i = place; i < count(); i++) {
            if (!fits(i, type)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the unit that an argument names, or null where it is no literal with such a name. */
    @Nullable
    TimeUnit unit(int argument) {
        String name = Constants.text(call, argument);
        for (TimeUnit unit : TimeUnit.values()) {
            if (unit.name().equals(name)) {
                return unit;
            }
        }
        return null;
    }

    private List<DataType> types() {
        return call.arguments().stream().map(Expression::type).toList();
    }
}
