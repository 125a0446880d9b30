package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.plan.expression.TimeUnit;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which types each function is written for, so that an engine need not meet any other. */
final class Signatures {

    private Signatures() {}

    static void check(@Nullable Expression condition, List<Expression> outputs, RowType outputType) {
        if (condition != null) {
            check(condition);
            require(condition.type() instanceof BooleanType, "condition of type " + condition.type());
        }
        require(outputs.size() == outputType.size(), outputs.size() + " outputs for " + outputType);
        for (int i = 0; i < outputs.size(); i++) {
            check(outputs.get(i));
            DataType field = outputType.field(i).type();
            boolean same = sameForm(outputs.get(i).type(), field);
            require(same, "output of type " + outputs.get(i).type() + " for " + outputType.field(i));
        }
    }

    /** Tells whether values of both types look the same, but for lengths and precision that were seen to before. */
    static boolean sameForm(DataType left, DataType right) {
        if (left instanceof DataType.DecimalType a && right instanceof DataType.DecimalType b) {
            return a.scale() == b.scale() && a.storage() == b.storage();
        }
        if (left instanceof TimestampType a && right instanceof TimestampType b) {
            return a.zoned() == b.zoned();
        }
        if (left instanceof ArrayType a && right instanceof ArrayType b) {
            return sameForm(a.element(), b.element());
        }
        if (left instanceof MapType a && right instanceof MapType b) {
            return sameForm(a.entry(), b.entry());
        }
        if (left instanceof RowType a && right instanceof RowType b) {
            boolean same = a.size() == b.size();
            for (int i = 0; same && i < a.size(); i++) {
                same = sameForm(a.field(i).type(), b.field(i).type());
            }
            return same;
        }
        boolean sized = left instanceof CharacterType || left instanceof BinaryType || left instanceof TimeType;
        return sized ? left.getClass() == right.getClass() : left.equals(right);
    }

    private static void check(Expression expression) {
        switch (expression) {
            case Call call -> {
                call.arguments().forEach(Signatures::check);
                if (!accepts(call)) {
                    throw unsupported(call);
                }
            }
            case UserCall call -> call.arguments().forEach(Signatures::check);
            case Cast cast -> {
                check(cast.operand());
                require(
                        castable(cast.operand().type(), cast.type()),
                        "cast from " + cast.operand().type() + " to " + cast.type());
            }
            case Case choice -> {
                for (Case.Branch branch : choice.branches()) {
                    check(branch.condition());
                    check(branch.value());
                    require(branch.condition().type() instanceof BooleanType, "condition that is no truth value");
                    branchType(branch.value(), choice.type());
                }
                check(choice.otherwise());
                branchType(choice.otherwise(), choice.type());
            }
            case FieldAccess access -> check(access.row());
            case Expression.Column column -> {}
            case Expression.Parameter parameter -> {}
            case Literal literal -> {}
        }
    }

    private static void branchType(Expression value, DataType type) {
        boolean untypedNull = value instanceof Literal literal && literal.value() == null;
        require(untypedNull || sameForm(value.type(), type), "branch of type " + value.type() + " for " + type);
    }

    private static MillraceException unsupported(Call call) {
        StringBuilder types = new StringBuilder();
        for (Expression argument : call.arguments()) {
            types.append(types.isEmpty() ? "" : ", ").append(argument.type());
        }
        return new MillraceException(
                ErrorCode.UNSUPPORTED, call.function() + "(" + types + ") as " + call.type() + " is not known");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new MillraceException(ErrorCode.UNSUPPORTED, what + " is not possible");
        }
    }

    /** Tells whether values of one type can be cast to another. */
    static boolean castable(DataType from, DataType to) {
        boolean nested = isNested(from) || isNested(to);
        if (nested) {
            return to instanceof CharacterType || castableNested(from, to);
        }
        if (from instanceof CharacterType || to instanceof CharacterType) {
            return true;
        }
        if (from instanceof BinaryType || to instanceof BinaryType) {
            return from instanceof BinaryType && to instanceof BinaryType;
        }
        if (Types.isInterval(from) || Types.isInterval(to)) {
            return from.equals(to);
        }
        if (Types.isDateTime(from) || Types.isDateTime(to)) {
            boolean both = Types.isDateTime(from) && Types.isDateTime(to);
            boolean dateAndTime = (from instanceof DateType && to instanceof TimeType)
                    || (from instanceof TimeType && to instanceof DateType);
            return both && !dateAndTime;
        }
        return true;
    }

    private static boolean castableNested(DataType from, DataType to) {
        if (from instanceof ArrayType a && to instanceof ArrayType b) {
            return castable(a.element(), b.element());
        }
        if (from instanceof MapType a && to instanceof MapType b) {
            return castable(a.key(), b.key()) && castable(a.value(), b.value());
        }
        if (from instanceof RowType a && to instanceof RowType b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                if (!castable(a.field(i).type(), b.field(i).type())) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    private static boolean isNested(DataType type) {
        return type instanceof ArrayType || type instanceof MapType || type instanceof RowType;
    }

    /** Tells whether the function is written for arguments and a result of these types. */
    static boolean accepts(Call call) {
        int count = call.arguments().size();
        DataType result = call.type();
        DataType first = count > 0 ? call.arguments().get(0).type() : result;
        DataType second = count > 1 ? call.arguments().get(1).type() : first;
        DataType third = count > 2 ? call.arguments().get(2).type() : second;
        return switch (call.function()) {
            case AND, OR -> count >= 2 && isBoolean(result) && all(call, BooleanType.class);
            case NOT, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE ->
                count == 1 && isBoolean(first) && isBoolean(result);
            case IS_NULL, IS_NOT_NULL -> count == 1 && isBoolean(result);
            case NOT_NULL -> count == 2 && sameForm(first, result) && isText(second);
            case IS_NOT_DISTINCT_FROM,
                    IS_DISTINCT_FROM,
                    EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL -> count == 2 && isBoolean(result) && comparable(first, second);
            case PLUS, MINUS -> count == 2 && sum(call.function(), first, second, result);
            case MULTIPLY ->
                count == 2 && (numbers(call) || scales(first, second, result) || scales(second, first, result));
            case DIVIDE -> count == 2 && (numbers(call) || scales(first, second, result));
            case MOD -> count == 2 && numbers(call);
            case POWER, ATAN2 -> count == 2 && numbers(call) && Types.isFloating(result);
            case DIV, GCD, LCM -> count == 2 && exactNumbers(call) && isExact(result);
            case FACTORIAL -> count == 1 && isInteger(first) && isExact(result);
            case SCALE, MIN_SCALE -> count == 1 && isExact(first) && isInteger(result);
            case BITAND, BITOR, BITXOR -> count == 2 && integers(call, 0) && isInteger(result);
            case BITNOT -> count == 1 && isInteger(first) && first.equals(result);
            case SHIFT_LEFT, SHIFT_RIGHT -> count == 2 && integers(call, 0) && first.equals(result);
            case WIDTH_BUCKET ->
                count == 4
                        && numbers(call)
                        && isInteger(call.arguments().getLast().type());
            case NEGATE, ABS -> count == 1 && (numbers(call) || (Types.isInterval(first) && first.equals(result)));
            case SIGN -> count == 1 && (Types.isNumber(first) || Types.isInterval(first)) && Types.isNumber(result);
            case FLOOR, CEIL -> count == 1 ? numbers(call) : count == 2 && toUnit(call, first, result);
            case ROUND, TRUNCATE -> (count == 1 || (count == 2 && isInteger(second))) && numbers(call);
            case SQRT,
                    CBRT,
                    EXP,
                    LN,
                    LOG10,
                    SIN,
                    COS,
                    TAN,
                    COT,
                    ASIN,
                    ACOS,
                    ATAN,
                    SINH,
                    COSH,
                    TANH,
                    ASINH,
                    ACOSH,
                    ATANH -> count == 1 && numbers(call) && Types.isFloating(result);
            case STEP -> count == 2 && (numbers(call) || stepInTime(first, second, result));
            case GREATEST, LEAST -> count >= 2 && allComparable(call);
            case CONCAT -> count >= 2 && sameKind(call, result);
            case CHAR_LENGTH -> count == 1 && isText(first) && isInteger(result);
            case OCTET_LENGTH -> count == 1 && isBytes(first) && isInteger(result);
            case UPPER, LOWER, INITCAP, REVERSE -> count == 1 && texts(call, 1) && isText(result);
            case TRIM_BOTH, TRIM_LEADING, TRIM_TRAILING -> count == 2 && texts(call, 2) && isText(result);
            case SUBSTRING -> count >= 2 && count <= 3 && texts(call, 1) && integers(call, 1) && isText(result);
            case POSITION -> count == 2 && texts(call, 2) && isInteger(result);
            case OVERLAY -> count >= 3 && count <= 4 && texts(call, 2) && integers(call, 2) && isText(result);
            case REPLACE, TRANSLATE -> count == 3 && texts(call, 3) && isText(result);
            case REGEXP_REPLACE -> (count == 3 || count == 5) && texts(call, 3) && integers(call, 3) && isText(result);
            case LIKE, ILIKE, SIMILAR_TO -> count >= 2 && count <= 3 && texts(call, count) && isBoolean(result);
            case REGEXP_LIKE, STARTS_WITH, JSON_EXISTS, IS_JSON -> count == 2 && texts(call, 2) && isBoolean(result);
            case REGEXP_EXTRACT -> count >= 2 && count <= 3 && texts(call, 2) && integers(call, 2) && isText(result);
            case LEFT, RIGHT, REPEAT -> count == 2 && texts(call, 1) && integers(call, 1) && isText(result);
            case LPAD, RPAD ->
                count >= 2
                        && count <= 3
                        && texts(call, 1)
                        && isInteger(second)
                        && (count == 2 || isText(third))
                        && isText(result);
            case SPLIT_PART -> count == 3 && texts(call, 2) && isInteger(third) && isText(result);
            case MD5, SHA1, SHA224, SHA256, SHA384, SHA512 -> count == 1 && isBytes(first) && isBytes(result);
            case ASCII -> count == 1 && isText(first) && isInteger(result);
            case CHR -> count == 1 && isInteger(first) && isText(result);
            case REGEXP_COUNT -> count >= 2 && count <= 3 && texts(call, 2) && integers(call, 2) && isInteger(result);
            case REGEXP_SUBSTR -> count == 5 && texts(call, 2) && integers(call, 2) && isText(result);
            case REGEXP_INSTR -> count == 6 && texts(call, 2) && isInteger(result);
            case REGEXP_MATCH ->
                count == 2 && texts(call, 2) && result instanceof ArrayType array && isText(array.element());
            case REGEXP_MATCHES ->
                count == 3
                        && texts(call, 2)
                        && isInteger(third)
                        && result instanceof ArrayType array
                        && array.element() instanceof ArrayType;
            case ENCODE -> count == 2 && isBytes(first) && isText(second) && isText(result);
            case DECODE -> count == 2 && texts(call, 2) && result instanceof BinaryType;
            case FORMAT_NUMBER -> count == 2 && Types.isNumber(first) && isText(second) && isText(result);
            case PARSE_NUMBER -> count == 2 && texts(call, 2) && result instanceof DataType.DecimalType;
            case EXTRACT -> count == 2 && extracts(call, second) && isInteger(result);
            case CURRENT_TIMESTAMP, LOCALTIMESTAMP -> count == 0 && result instanceof TimestampType;
            case CURRENT_DATE -> count == 0 && result instanceof DateType;
            case CURRENT_TIME -> count == 0 && result instanceof TimeType;
            case TIMESTAMP_DIFF ->
                count == 3
                        && hasLength(unit(call))
                        && Types.isDateTime(second)
                        && Types.isDateTime(third)
                        && isInteger(result);
            case MAKE_DATE -> count == 3 && integers(call, 0) && result instanceof DateType;
            case MAKE_TIME ->
                count == 3
                        && isInteger(first)
                        && isInteger(second)
                        && third.equals(DataType.DOUBLE)
                        && result instanceof TimeType;
            case UNIX_MILLIS -> count == 1 && isDateOrTimestamp(first) && isInteger(result);
            case TIMESTAMP_OF_MILLIS -> count == 1 && isInteger(first) && result instanceof TimestampType;
            case TIMESTAMP_OF_SECONDS -> count == 1 && Types.isNumber(first) && result instanceof TimestampType;
            case PARSE_TIMESTAMP -> count == 2 && texts(call, 2) && result instanceof TimestampType;
            case FORMAT_TIMESTAMP -> count == 2 && Types.isDateTime(first) && isText(second) && isText(result);
            case AT_TIME_ZONE -> count == 2 && turns(first, result) && isText(second);
            case ARRAY -> result instanceof ArrayType array && all(call, array.element());
            case MAP -> result instanceof MapType map && entries(call, map);
            case ROW -> result instanceof RowType row && fields(call, row);
            case ITEM -> count == 2 && item(first, second, result);
            case CARDINALITY ->
                count == 1 && (first instanceof ArrayType || first instanceof MapType) && isInteger(result);
            case ARRAY_CONTAINS ->
                count == 2
                        && first instanceof ArrayType array
                        && comparable(array.element(), second)
                        && isBoolean(result);
            case ARRAY_APPEND,
                    ARRAY_CAT,
                    ARRAY_REMOVE,
                    ARRAY_REPLACE,
                    TRIM_ARRAY,
                    ARRAY_SLICE,
                    ARRAY_PREPEND,
                    ARRAY_POSITION,
                    ARRAY_POSITIONS,
                    ARRAY_FILL,
                    ARRAY_CONTAINS_ALL,
                    ARRAY_OVERLAPS -> count >= 2 && count <= 3 && ArraySignatures.accepts(call);
            case STRING_TO_ARRAY ->
                count >= 2
                        && count <= 3
                        && texts(call, count)
                        && result instanceof ArrayType array
                        && isText(array.element());
            case REGEXP_SPLIT ->
                count == 2 && texts(call, 2) && result instanceof ArrayType array && isText(array.element());
            case ARRAY_TO_STRING ->
                count >= 2
                        && count <= 3
                        && first instanceof ArrayType
                        && isText(second)
                        && isText(third)
                        && isText(result);
            case GENERATE_SERIES -> count == 3 && result instanceof ArrayType array && series(call, array.element());
            case JSON_VALUE, JSON_QUERY, JSON_FOUND -> count == 2 && texts(call, 2) && isText(result);
            case JSON_PART, JSON_PART_TEXT ->
                count == 2 && isText(first) && (isText(second) || isInteger(second)) && isText(result);
            case TO_JSON -> count == 1 && isText(result);
        };
    }

    private static boolean series(Call call, DataType element) {
        DataType first = call.arguments().get(0).type();
        DataType second = call.arguments().get(1).type();
        DataType step = call.arguments().get(2).type();
        return first.equals(DataType.BIGINT)
                ? second.equals(first) && element.equals(first) && step.equals(first)
                : isLocal(first) && isLocal(second) && isLocal(element) && Types.isInterval(step);
    }

    private static boolean isLocal(DataType type) {
        return type instanceof TimestampType timestamp && !timestamp.zoned();
    }

    static boolean isBoolean(DataType type) {
        return type instanceof BooleanType;
    }

    private static boolean isText(DataType type) {
        return type instanceof CharacterType;
    }

    private static boolean isBytes(DataType type) {
        return type instanceof CharacterType || type instanceof BinaryType;
    }

    static boolean isInteger(DataType type) {
        return type instanceof DataType.IntegerType;
    }

    private static boolean isDateOrTimestamp(DataType type) {
        return type instanceof DateType || type instanceof TimestampType;
    }

    private static boolean turns(DataType from, DataType to) {
        return from instanceof TimestampType a && to instanceof TimestampType b && a.zoned() != b.zoned();
    }

    private static boolean all(Call call, Class<? extends DataType> kind) {
        return call.arguments().stream().allMatch(argument -> kind.isInstance(argument.type()));
    }

    private static boolean all(Call call, DataType type) {
        return call.arguments().stream().allMatch(argument -> fits(argument, type));
    }

    /** Tells whether it has the form of the type, or is the NULL that has every type. */
    static boolean fits(Expression argument, DataType type) {
        return (argument instanceof Literal literal && literal.value() == null) || sameForm(argument.type(), type);
    }

    private static boolean entries(Call call, MapType map) {
        List<Expression> arguments = call.arguments();
        boolean fit = arguments.size() % 2 == 0;
        for (int i = 0; fit && i < arguments.size(); i += 2) {
            fit = fits(arguments.get(i), map.key()) && fits(arguments.get(i + 1), map.value());
        }
        return fit;
    }

    private static boolean fields(Call call, RowType row) {
        boolean fit = call.arguments().size() == row.size();
        for (int i = 0; fit && i < row.size(); i++) {
            fit = fits(call.arguments().get(i), row.field(i).type());
        }
        return fit;
    }

    private static boolean item(DataType collection, DataType place, DataType result) {
        return switch (collection) {
            case ArrayType array -> isInteger(place) && sameForm(array.element(), result);
            case MapType map -> comparable(map.key(), place) && sameForm(map.value(), result);
            default -> false;
        };
    }

    /** Tells whether the first so many arguments are text. */
    private static boolean texts(Call call, int count) {
        return call.arguments().stream().limit(count).allMatch(argument -> isText(argument.type()));
    }

    /** Tells whether the arguments from this place on are integers. */
    static boolean integers(Call call, int from) {
        return call.arguments().stream().skip(from).allMatch(argument -> isInteger(argument.type()));
    }

    /** Tells whether all are numbers, and exact ones where the result is exact. */
    private static boolean numbers(Call call) {
        return Types.isNumber(call.type())
                && call.arguments().stream().allMatch(argument -> Types.isNumber(argument.type()));
    }

    private static boolean exactNumbers(Call call) {
        return call.arguments().stream().allMatch(argument -> isExact(argument.type()));
    }

    private static boolean isExact(DataType type) {
        return Types.isNumber(type) && !Types.isFloating(type);
    }

    private static boolean comparable(DataType left, DataType right) {
        return (Types.isNumber(left) && Types.isNumber(right))
                || sameForm(left, right)
                || (isText(left) && isText(right))
                || (left instanceof BinaryType && right instanceof BinaryType);
    }

    private static boolean allComparable(Call call) {
        for (Expression argument : call.arguments()) {
            if (!comparable(argument.type(), call.type())) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameKind(Call call, DataType result) {
        return isText(result)
                ? all(call, CharacterType.class)
                : result instanceof BinaryType && all(call, BinaryType.class);
    }

    private static boolean sum(ScalarFunction function, DataType left, DataType right, DataType result) {
        if (Types.isNumber(result)) {
            return Types.isNumber(left) && Types.isNumber(right);
        }
        if (Types.isInterval(result)) {
            boolean difference = function == ScalarFunction.MINUS && Types.isDateTime(left) && sameForm(left, right);
            return difference || (left.equals(result) && right.equals(result));
        }
        return Types.isDateTime(left) && Types.isInterval(right) && castable(left, result) && Types.isDateTime(result);
    }

    private static boolean scales(DataType interval, DataType number, DataType result) {
        return Types.isInterval(interval) && interval.equals(result) && Types.isNumber(number);
    }

    private static boolean stepInTime(DataType value, DataType step, DataType result) {
        return Types.isInterval(step)
                && (Types.isInterval(value) ? value.equals(step) : Types.isDateTime(value))
                && sameForm(value, result);
    }

    private static boolean toUnit(Call call, DataType value, DataType result) {
        TimeUnit unit = unit(call, 1);
        if (!hasLength(unit) || !sameForm(value, result)) {
            return false;
        }
        return Types.isInterval(value) ? unitOfInterval(unit, Types.isMonths(value)) : Types.isDateTime(value);
    }

    private static boolean extracts(Call call, DataType value) {
        TimeUnit unit = unit(call);
        if (unit == null || !Types.isTemporal(value)) {
            return false;
        }
        boolean epochOfMicros = unit == TimeUnit.EPOCH && !Types.isMonths(value);
        return !Types.isInterval(value)
                || epochOfMicros
                || (unit != TimeUnit.WEEK && unitOfInterval(unit, Types.isMonths(value)));
    }

    private static boolean unitOfInterval(@Nullable TimeUnit unit, boolean months) {
        boolean calendar = unit != null && unit.compareTo(TimeUnit.MONTH) >= 0;
        return hasLength(unit) && calendar == months;
    }

    private static boolean hasLength(@Nullable TimeUnit unit) {
        return unit != null && unit.compareTo(TimeUnit.MILLENNIUM) <= 0;
    }

    private static @Nullable TimeUnit unit(Call call) {
        return unit(call, 0);
    }

    /** Returns the unit that an argument names, or null where it is no literal with such a name. */
    private static @Nullable TimeUnit unit(Call call, int argument) {
        if (call.arguments().get(argument) instanceof Literal literal && literal.value() instanceof String name) {
            for (TimeUnit unit : TimeUnit.values()) {
                if (unit.name().equals(name)) {
                    return unit;
                }
            }
        }
        return null;
    }
}
