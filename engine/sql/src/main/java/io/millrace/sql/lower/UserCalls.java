package io.millrace.sql.lower;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.UserAggregate;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.plan.expression.UserFunction;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.FunctionKind;
import io.millrace.spi.function.FunctionSignature.Parameter;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.FunctionDefinition.InJava;
import io.millrace.sql.catalog.FunctionDefinition.InSql;
import io.millrace.sql.catalog.FunctionDefinition.OfRows;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.rewrite.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Calls of functions that users made: of code in Java, or what SQL says in place of the call. */
final class UserCalls {

    /** Functions in SQL that call others can grow beyond all measure. */
    private static final int PARTS_MAX = 10_000;

    private UserCalls() {}

    static Expression lower(
            FunctionDefinition function, List<Expression> operands, boolean nullable, SqlParserPos pos) {
        List<Expression> arguments = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            arguments.add(argument(function, i, operands.get(i), pos));
        }
        return switch (function.code()) {
            case InJava java ->
                new UserCall(
                        code(function, java), arguments, function.signature().result(), nullable);
            case InSql sql -> inPlace(function, sql.body(), arguments, pos);
            case OfRows rows -> throw new IllegalStateException("function '" + function.name() + "' of rows in SQL");
        };
    }

    /** Returns an argument in the type of its parameter. */
    static Expression argument(FunctionDefinition function, int place, Expression operand, SqlParserPos pos) {
        Parameter parameter = function.signature().parameters().get(place);
        requireFit(function, place, parameter.type(), operand, pos);
        return Coercion.to(parameter.type(), operand);
    }

    private static UserFunction code(FunctionDefinition function, InJava java) {
        return new UserFunction(
                function.name(),
                java.className(),
                java.checksum(),
                function.signature().deterministic());
    }

    /** Returns the aggregate function that a definition is of. */
    static UserAggregate aggregate(FunctionDefinition function) {
        if (function.code() instanceof InJava java) {
            return new UserAggregate(
                    code(function, java), function.signature().kind() == FunctionKind.RETRACTING_AGGREGATE);
        }
        throw new IllegalStateException("aggregate function '" + function.name() + "' in SQL");
    }

    /** What a user's function gives over no rows is known when it runs only. */
    static void refuseOverNone(List<AggregateCall> calls) {
        for (AggregateCall call : calls) {
            if (call.user() != null) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "aggregate function '" + call.name() + "' in a subquery that refers outward is not supported",
                        "group by what it refers to in a subquery in FROM, and join that");
            }
        }
    }

    /** What is nested must be what it is to be: nothing in it is converted. */
    private static void requireFit(
            FunctionDefinition function, int place, DataType wanted, Expression operand, SqlParserPos pos) {
        boolean nested = wanted instanceof ArrayType || wanted instanceof MapType || wanted instanceof RowType;
        if (nested && !fits(operand.type(), wanted)) {
            throw SqlErrors.at(
                    ErrorCode.TYPE_MISMATCH,
                    "argument " + (place + 1) + " of '" + function.name() + "' is " + operand.type()
                            + ", and the function takes " + wanted,
                    "make it of values that have these types",
                    pos);
        }
    }

    private static boolean fits(DataType given, DataType wanted) {
        return switch (wanted) {
            case ArrayType w -> given instanceof ArrayType g && fits(g.element(), w.element());
            case MapType w -> given instanceof MapType g && fits(g.key(), w.key()) && fits(g.value(), w.value());
            case RowType w -> {
                boolean same = given instanceof RowType g && g.size() == w.size();
                for (int i = 0; same && i < w.size(); i++) {
                    same = fits(((RowType) given).field(i).type(), w.field(i).type());
                }
                yield same;
            }
            default -> Coercion.alike(given, wanted);
        };
    }

    private static Expression inPlace(
            FunctionDefinition function, Expression body, List<Expression> arguments, SqlParserPos pos) {
        int[] uses = new int[arguments.size()];
        Columns.substitute(body, index -> {
            uses[index]++;
            return arguments.get(index);
        });
        long size = body.size();
        for (int i = 0; i < uses.length; i++) {
            size += (long) uses[i] * arguments.get(i).size();
            if (uses[i] > 1 && !arguments.get(i).deterministic()) {
                throw SqlErrors.unsupported(
                        "argument " + (i + 1) + " of '" + function.name() + "', which uses it " + uses[i]
                                + " times, would be another value each time",
                        "compute it once in a subquery, and give its column",
                        pos);
            }
        }
        if (size > PARTS_MAX) {
            throw SqlErrors.at(
                    ErrorCode.LIMIT_EXCEEDED,
                    "with what its functions stand for, the expression has more than " + PARTS_MAX + " parts",
                    "compute parts of it in a subquery, and give their columns",
                    pos);
        }
        return Columns.substitute(body, arguments::get);
    }
}
