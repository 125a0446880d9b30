package io.millrace.sql.lower;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.RegexFunctions;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@link RegexFunctions} with what is left out put in, and the flags as part of the expression. */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class RegexCalls {

    private static final Literal FIRST = number(1);
    private static final Literal ALL = number(0);

    private final SqlOperator operator;
    private final List<Expression> arguments;
    private final DataType type;
    private final boolean nullable;
    private final SqlParserPos pos;

    private RegexCalls(
            SqlOperator operator, List<Expression> arguments, DataType type, boolean nullable, SqlParserPos pos) {
        this.operator = operator;
        this.arguments = arguments;
        this.type = type;
        this.nullable = nullable;
        this.pos = pos;
    }

    static boolean known(SqlOperator operator) {
        return RegexFunctions.ALL.contains(operator);
    }

    static Expression lower(
            SqlOperator operator, List<Expression> arguments, DataType type, boolean nullable, SqlParserPos pos) {
        return new RegexCalls(operator, arguments, type, nullable, pos).lower();
    }

    private Expression lower() {
        if (operator == RegexFunctions.REPLACE) {
            return replace();
        }
        if (operator == RegexFunctions.COUNT) {
            Expression pattern = pattern(3);
            return arguments.size() < 3
                    ? call(ScalarFunction.REGEXP_COUNT, text(0), pattern)
                    : call(ScalarFunction.REGEXP_COUNT, text(0), pattern, integer(2, FIRST));
        }
        if (operator == RegexFunctions.SUBSTR) {
            Expression pattern = pattern(4);
            return arguments.size() < 3
                    ? call(ScalarFunction.REGEXP_EXTRACT, text(0), pattern)
                    : call(
                            ScalarFunction.REGEXP_SUBSTR,
                            text(0),
                            pattern,
                            integer(2, FIRST),
                            integer(3, FIRST),
                            integer(5, ALL));
        }
        if (operator == RegexFunctions.INSTR) {
            return call(
                    ScalarFunction.REGEXP_INSTR,
                    text(0),
                    pattern(5),
                    integer(2, FIRST),
                    integer(3, FIRST),
                    behind(),
                    integer(6, ALL));
        }
        if (operator == RegexFunctions.MATCHES) {
            Literal most = flags(2).all() ? number(Integer.MAX_VALUE) : FIRST;
            return call(
                    ScalarFunction.REGEXP_MATCHES, text(0), flags(2).applied(text(1), operator.getName(), pos), most);
        }
        ScalarFunction function = operator == RegexFunctions.LIKE
                ? ScalarFunction.REGEXP_LIKE
                : operator == RegexFunctions.MATCH ? ScalarFunction.REGEXP_MATCH : ScalarFunction.REGEXP_SPLIT;
        return call(function, text(0), pattern(2));
    }

    /** Each match is replaced where nothing is said of it, and with flags or a place, as PostgreSQL has it, the first. */
    private Expression replace() {
        boolean placed = arguments.size() > 3 && !(arguments.get(3).type() instanceof CharacterType);
        int place = placed ? 5 : 3;
        RegexFlags flags = flags(place);
        Expression pattern = flags.applied(text(1), operator.getName(), pos);
        if (arguments.size() == 3 || (!placed && flags.all())) {
            return call(ScalarFunction.REGEXP_REPLACE, text(0), pattern, text(2));
        }
        Literal unsaid = flags.all() ? ALL : FIRST;
        return call(
                ScalarFunction.REGEXP_REPLACE,
                text(0),
                pattern,
                text(2),
                placed ? integer(3, FIRST) : FIRST,
                placed ? integer(4, unsaid) : FIRST);
    }

    private Expression behind() {
        if (arguments.size() < 5) {
            return new Literal(false, DataType.BOOLEAN);
        }
        if (arguments.get(4) instanceof Literal literal
                && literal.value() instanceof Number said
                && (said.longValue() == 0 || said.longValue() == 1)) {
            return new Literal(said.longValue() == 1, DataType.BOOLEAN);
        }
        throw SqlErrors.invalid(
                "the fifth argument of REGEXP_INSTR is neither 0 nor 1",
                "write 0 for the place of the match, and 1 for the place behind it",
                pos);
    }

    private RegexFlags flags(int place) {
        return place < arguments.size()
                ? RegexFlags.of(arguments.get(place), operator.getName(), pos)
                : RegexFlags.NONE;
    }

    /** The expression with flags that say nothing of how many matches are meant. */
    private Expression pattern(int place) {
        RegexFlags flags = flags(place);
        if (flags.all()) {
            throw SqlErrors.invalid(
                    operator.getName() + " has no flag g",
                    "leave it out; REGEXP_MATCHES in FROM and REGEXP_REPLACE have it",
                    pos);
        }
        return flags.applied(text(1), operator.getName(), pos);
    }

    private Expression text(int place) {
        return Coercion.to(DataType.VARCHAR, arguments.get(place));
    }

    private Expression integer(int place, Literal unsaid) {
        return place < arguments.size() ? Coercion.to(DataType.INTEGER, arguments.get(place)) : unsaid;
    }

    private Expression call(ScalarFunction function, Expression... operands) {
        return new Call(function, List.of(operands), type, nullable);
    }

    private static Literal number(int value) {
        return new Literal(value, DataType.INTEGER);
    }
}
