package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.ArrayFunctions;
import io.millrace.sql.function.ComposedFunctions;
import io.millrace.sql.function.SpecialFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Calls whose arguments need more than a cast. */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class SpecialCalls {

    private static final Literal BLANK = new Literal(" ", DataType.VARCHAR);
    private static final Literal EMPTY = new Literal("", DataType.VARCHAR);

    Expression lower(RexCall call, ExpressionLowering expressions) {
        SqlOperator operator = call.getOperator();
        if (JsonCalls.serves(operator)) {
            return JsonCalls.lower(call, expressions);
        }
        DataType type = ExpressionLowering.type(call);
        boolean nullable = ExpressionLowering.nullable(call);
        if (operator == SpecialFunctions.CURRENT_TIMESTAMP || operator == SpecialFunctions.CURRENT_ROW_TIMESTAMP) {
            return clock(ScalarFunction.CURRENT_TIMESTAMP, type);
        }
        if (operator == SpecialFunctions.LOCALTIMESTAMP) {
            return clock(ScalarFunction.LOCALTIMESTAMP, type);
        }
        if (operator == SpecialFunctions.CURRENT_DATE) {
            return clock(ScalarFunction.CURRENT_DATE, type);
        }
        if (operator == SpecialFunctions.CURRENT_TIME || operator == SpecialFunctions.LOCALTIME) {
            return clock(ScalarFunction.CURRENT_TIME, type);
        }
        List<RexNode> operands = call.getOperands();
        if (operator == SqlStdOperatorTable.TRIM) {
            return trim(call, expressions);
        }
        if (operator == SqlStdOperatorTable.EXTRACT) {
            return new Call(
                    ScalarFunction.EXTRACT,
                    List.of(unit(operands.get(0), call), expressions.operand(call, 1)),
                    type,
                    nullable);
        }
        if (operator == SqlStdOperatorTable.TIMESTAMP_DIFF) {
            return difference(call, expressions);
        }
        if (operator == SqlStdOperatorTable.FLOOR) {
            return rounded(ScalarFunction.FLOOR, call, expressions);
        }
        if (operator == SqlStdOperatorTable.CEIL) {
            return rounded(ScalarFunction.CEIL, call, expressions);
        }
        if (ComposedFunctions.ALL.contains(operator)) {
            return ComposedCalls.lower(operator, expressions.operands(call), nullable, call.getParserPosition());
        }
        if (ArrayCalls.known(operator)) {
            return ArrayCalls.lower(operator, expressions.operands(call), type, nullable);
        }
        if (RegexCalls.known(operator)) {
            return RegexCalls.lower(operator, expressions.operands(call), type, nullable, call.getParserPosition());
        }
        if (operator == SpecialFunctions.GENERATE_SERIES) {
            return series(expressions.operands(call), (ArrayType) type, nullable);
        }
        if (operator instanceof SqlQuantifyOperator quantified) {
            return quantified(quantified, expressions.operands(call), nullable, call);
        }
        return of(operator, expressions.operands(call), type, nullable, call);
    }

    private static Expression of(
            SqlOperator operator, List<Expression> arguments, DataType type, boolean nullable, RexCall call) {
        if (operator == SqlStdOperatorTable.CONCAT && type instanceof ArrayType) {
            return ArrayCalls.lower(ArrayFunctions.CAT, arguments, type, nullable);
        }
        if (operator == SqlStdOperatorTable.CONCAT) {
            return new Call(ScalarFunction.CONCAT, texts(arguments), type, nullable);
        }
        if (operator == SpecialFunctions.CONCAT) {
            List<Expression> texts =
                    arguments.stream().map(SpecialCalls::emptyForNull).toList();
            return texts.size() == 1 ? texts.getFirst() : new Call(ScalarFunction.CONCAT, texts, type, false);
        }
        if (operator == SpecialFunctions.CONCAT_WS) {
            return joined(arguments, type, nullable);
        }
        if (operator == SqlStdOperatorTable.POSITION) {
            return new Call(ScalarFunction.POSITION, texts(arguments), type, nullable);
        }
        if (operator == SqlStdOperatorTable.OVERLAY) {
            return overlay(arguments, type, nullable);
        }
        if (operator == SpecialFunctions.STEP) {
            return step(arguments, type, nullable);
        }
        if (operator == SpecialFunctions.GREATEST || operator == SpecialFunctions.LEAST) {
            ScalarFunction function =
                    operator == SpecialFunctions.LEAST ? ScalarFunction.LEAST : ScalarFunction.GREATEST;
            return new Call(
                    function, arguments.stream().map(a -> Coercion.to(type, a)).toList(), type, nullable);
        }
        if (operator == SpecialFunctions.TSDIFF) {
            return new Call(
                    ScalarFunction.MINUS,
                    arguments.stream().map(SpecialCalls::millis).toList(),
                    type,
                    nullable);
        }
        if (operator == SpecialFunctions.TO_TIMESTAMP) {
            return toTimestamp(arguments, nullable, call.getParserPosition());
        }
        if (operator == SpecialFunctions.TO_NUMBER) {
            return NumberFormats.read(arguments, type, nullable, call.getParserPosition());
        }
        if (operator == SpecialFunctions.TO_CHAR && isNumber(arguments.get(0).type())) {
            return NumberFormats.write(arguments.get(0), arguments.get(1), nullable, call.getParserPosition());
        }
        if (operator == SpecialFunctions.TO_CHAR) {
            Expression pattern = new Literal(
                    PostgresPattern.toJava(constant(arguments.get(1), "TO_CHAR", call.getParserPosition())),
                    DataType.VARCHAR);
            return new Call(
                    ScalarFunction.FORMAT_TIMESTAMP,
                    List.of(Coercion.to(DataType.TIMESTAMP, arguments.get(0)), pattern),
                    type,
                    nullable);
        }
        if (operator == SpecialFunctions.TIMEZONE) {
            return TimeZoneCalls.lower(arguments, type, nullable, call.getParserPosition());
        }
        return posix(operator, arguments, nullable, call);
    }

    private static boolean isNumber(DataType type) {
        return type instanceof IntegerType
                || type instanceof DataType.DecimalType
                || type instanceof DataType.FloatingType;
    }

    /** The elements of an array, which leaves out what is NULL. */
    private static Expression joined(List<Expression> arguments, DataType type, boolean nullable) {
        List<Expression> texts = arguments.stream()
                .map(argument -> Coercion.to(DataType.VARCHAR, argument))
                .toList();
        Expression array = new Call(
                ScalarFunction.ARRAY, texts.subList(1, texts.size()), new ArrayType(DataType.VARCHAR, true), false);
        return new Call(ScalarFunction.ARRAY_TO_STRING, List.of(array, texts.getFirst()), type, nullable);
    }

    /** Numbers go on by one where nothing is said. */
    private static Expression series(List<Expression> operands, ArrayType type, boolean nullable) {
        List<Expression> arguments = new ArrayList<>();
        arguments.add(Coercion.to(type.element(), operands.get(0)));
        arguments.add(Coercion.to(type.element(), operands.get(1)));
        if (operands.size() == 2) {
            arguments.add(new Literal(1L, DataType.BIGINT));
        } else {
            boolean number = type.element() instanceof IntegerType;
            arguments.add(number ? Coercion.to(DataType.BIGINT, operands.get(2)) : operands.get(2));
        }
        return new Call(ScalarFunction.GENERATE_SERIES, arguments, type, nullable);
    }

    /** {@code = ANY(array)} and {@code <> ALL(array)}, which ask whether an element equals a value. */
    private static Expression quantified(
            SqlQuantifyOperator operator, List<Expression> operands, boolean nullable, RexCall call) {
        boolean any = operator.getKind() == SqlKind.SOME && operator.comparisonKind == SqlKind.EQUALS;
        boolean none = operator.getKind() == SqlKind.ALL && operator.comparisonKind == SqlKind.NOT_EQUALS;
        if (!(any || none) || operands.size() != 2 || !(operands.get(1).type() instanceof ArrayType array)) {
            throw ExpressionLowering.unsupported(call);
        }
        DataType common = Coercion.common(List.of(operands.get(0), new Literal(null, array.element())));
        Expression contains = new Call(
                ScalarFunction.ARRAY_CONTAINS,
                List.of(
                        Coercion.to(new ArrayType(common, array.elementNullable()), operands.get(1)),
                        Coercion.to(common, operands.get(0))),
                DataType.BOOLEAN,
                nullable || array.elementNullable());
        return any ? contains : new Call(ScalarFunction.NOT, List.of(contains), DataType.BOOLEAN, contains.nullable());
    }

    private static Expression posix(SqlOperator operator, List<Expression> arguments, boolean nullable, RexCall call) {
        boolean sensitive = operator == SqlStdOperatorTable.POSIX_REGEX_CASE_SENSITIVE
                || operator == SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_SENSITIVE;
        boolean insensitive = operator == SqlStdOperatorTable.POSIX_REGEX_CASE_INSENSITIVE
                || operator == SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_INSENSITIVE;
        if (!sensitive && !insensitive) {
            throw ExpressionLowering.unsupported(call);
        }
        RegexFlags flags = insensitive ? RegexFlags.ANY_CASE : RegexFlags.NONE;
        Expression pattern = flags.applied(arguments.get(1), operator.getName(), call.getParserPosition());
        Expression matches =
                new Call(ScalarFunction.REGEXP_LIKE, List.of(arguments.get(0), pattern), DataType.BOOLEAN, nullable);
        boolean negated = operator == SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_SENSITIVE
                || operator == SqlStdOperatorTable.NEGATED_POSIX_REGEX_CASE_INSENSITIVE;
        return negated ? new Call(ScalarFunction.NOT, List.of(matches), DataType.BOOLEAN, nullable) : matches;
    }

    /** Builds a plain function, with the arguments that may be left out and those that are names put right. */
    static Expression complete(
            ScalarFunction function, List<Expression> arguments, DataType type, boolean nullable, SqlParserPos pos) {
        return switch (function) {
            case TRIM_BOTH, TRIM_LEADING, TRIM_TRAILING ->
                new Call(
                        function,
                        arguments.size() == 1 ? List.of(arguments.getFirst(), BLANK) : arguments,
                        type,
                        nullable);
            case FLOOR ->
                new Call(
                        function,
                        List.of(
                                arguments.get(0),
                                TimeUnits.literal(constant(arguments.get(1), "DATE_TRUNC", pos), pos)),
                        arguments.getFirst().type(),
                        nullable);
            case EXTRACT -> part(constant(arguments.get(0), "DATE_PART", pos), arguments.get(1), type, nullable, pos);
            default -> new Call(function, arguments, type, nullable);
        };
    }

    /** DATE_PART, which counts the days of a week from 0 for Sunday, and EXTRACT from 1. */
    private static Expression part(String name, Expression time, DataType type, boolean nullable, SqlParserPos pos) {
        Literal unit = TimeUnits.literal(name, pos);
        Expression part = new Call(ScalarFunction.EXTRACT, List.of(unit, time), type, nullable);
        return "DOW".equals(unit.value())
                ? new Call(ScalarFunction.MINUS, List.of(part, new Literal(1L, DataType.BIGINT)), type, nullable)
                : part;
    }

    private static Expression clock(ScalarFunction function, DataType type) {
        return new Call(function, List.of(), type, false);
    }

    private static Expression trim(RexCall call, ExpressionLowering expressions) {
        SqlTrimFunction.Flag flag = ((RexLiteral) call.getOperands().get(0)).getValueAs(SqlTrimFunction.Flag.class);
        ScalarFunction function = switch (flag) {
            case LEADING -> ScalarFunction.TRIM_LEADING;
            case TRAILING -> ScalarFunction.TRIM_TRAILING;
            case null, default -> ScalarFunction.TRIM_BOTH;
        };
        return new Call(
                function,
                List.of(expressions.operand(call, 2), expressions.operand(call, 1)),
                ExpressionLowering.type(call),
                ExpressionLowering.nullable(call));
    }

    private static Expression difference(RexCall call, ExpressionLowering expressions) {
        List<Expression> times = Stream.of(1, 2)
                .map(place -> Coercion.to(DataType.TIMESTAMP, expressions.operand(call, place)))
                .toList();
        Expression units = new Call(
                ScalarFunction.TIMESTAMP_DIFF,
                List.of(unit(call.getOperands().get(0), call), times.get(0), times.get(1)),
                DataType.BIGINT,
                ExpressionLowering.nullable(call));
        return Coercion.to(ExpressionLowering.type(call), units);
    }

    private static Expression rounded(ScalarFunction function, RexCall call, ExpressionLowering expressions) {
        Expression value = expressions.operand(call, 0);
        boolean nullable = ExpressionLowering.nullable(call);
        if (call.getOperands().size() == 2) {
            Expression unit = unit(call.getOperands().get(1), call);
            return new Call(function, List.of(value, unit), value.type(), nullable);
        }
        return value.type() instanceof IntegerType
                ? value
                : new Call(function, List.of(value), ExpressionLowering.type(call), nullable);
    }

    private static Literal unit(RexNode node, RexCall call) {
        if (node instanceof RexLiteral literal && literal.getValue() instanceof Enum<?> unit) {
            return TimeUnits.literal(unit.name(), call.getParserPosition());
        }
        throw ExpressionLowering.unsupported(call);
    }

    private static Expression overlay(List<Expression> arguments, DataType type, boolean nullable) {
        List<Expression> all = new ArrayList<>(texts(arguments.subList(0, 2)));
        all.add(Coercion.to(DataType.INTEGER, arguments.get(2)));
        all.add(
                arguments.size() > 3
                        ? Coercion.to(DataType.INTEGER, arguments.get(3))
                        : new Call(
                                ScalarFunction.CHAR_LENGTH,
                                List.of(all.get(1)),
                                DataType.INTEGER,
                                all.get(1).nullable()));
        return new Call(ScalarFunction.OVERLAY, all, type, nullable);
    }

    private static Expression step(List<Expression> arguments, DataType type, boolean nullable) {
        boolean numbers = !(arguments.get(1).type() instanceof DataType.IntervalType);
        return new Call(
                ScalarFunction.STEP,
                numbers ? arguments.stream().map(a -> Coercion.to(type, a)).toList() : arguments,
                type,
                nullable);
    }

    private static Expression millis(Expression time) {
        return new Call(
                ScalarFunction.UNIX_MILLIS,
                List.of(Coercion.to(DataType.TIMESTAMP, time)),
                DataType.BIGINT,
                time.nullable());
    }

    private static Expression toTimestamp(List<Expression> arguments, boolean nullable, SqlParserPos pos) {
        Expression value = arguments.getFirst();
        if (value.type() instanceof IntegerType) {
            return new Call(
                    ScalarFunction.TIMESTAMP_OF_MILLIS,
                    List.of(Coercion.to(DataType.BIGINT, value)),
                    DataType.TIMESTAMP,
                    nullable);
        }
        if (!(value.type() instanceof CharacterType)) {
            return new Call(ScalarFunction.TIMESTAMP_OF_SECONDS, List.of(value), DataType.TIMESTAMP, nullable);
        }
        if (arguments.size() == 1) {
            return Coercion.to(DataType.TIMESTAMP, value);
        }
        Literal pattern = new Literal(
                PostgresPattern.toJavaForReading(constant(arguments.get(1), "TO_TIMESTAMP", pos)), DataType.VARCHAR);
        return new Call(ScalarFunction.PARSE_TIMESTAMP, List.of(value, pattern), DataType.TIMESTAMP, nullable);
    }

    private static List<Expression> texts(List<Expression> arguments) {
        return arguments.stream().map(a -> Coercion.to(DataType.VARCHAR, a)).toList();
    }

    private static Expression emptyForNull(Expression argument) {
        if (argument instanceof Literal literal && literal.value() == null) {
            return EMPTY;
        }
        Expression text = Coercion.to(DataType.VARCHAR, argument);
        if (!text.nullable()) {
            return text;
        }
        Expression isNull = new Call(ScalarFunction.IS_NULL, List.of(argument), DataType.BOOLEAN, false);
        return new Case(List.of(new Case.Branch(isNull, EMPTY)), text, DataType.VARCHAR, false);
    }

    static String constant(Expression argument, String function, SqlParserPos pos) {
        if (argument instanceof Literal literal && literal.value() instanceof String text) {
            return text;
        }
        throw SqlErrors.unsupported(
                function + " with a unit or pattern that is not a constant is not supported",
                "write it as a text constant",
                pos);
    }
}
