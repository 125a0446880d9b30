package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.RowType;
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
            boolean same = Types.sameForm(outputs.get(i).type(), field);
            require(same, "output of type " + outputs.get(i).type() + " for " + outputType.field(i));
        }
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
                        CastSignatures.accepts(cast.operand().type(), cast.type()),
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
        require(untypedNull || Types.sameForm(value.type(), type), "branch of type " + value.type() + " for " + type);
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

    /** Tells whether the function is written for arguments and a result of these types. */
    static boolean accepts(Call call) {
        CallTypes types = new CallTypes(call);
        return switch (call.function().kind()) {
            case LOGIC -> LogicSignatures.accept(types);
            case COMPARISON -> ComparisonSignatures.accept(types);
            case ARITHMETIC -> ArithmeticSignatures.accept(types);
            case NUMBER -> NumberSignatures.accept(types);
            case TEXT -> TextSignatures.accept(types);
            case REGEX -> RegexSignatures.accept(types);
            case TIME -> TimeSignatures.accept(types);
            case CLOCK -> TimeSignatures.acceptClock(types);
            case COLLECTION -> CollectionSignatures.accept(types);
            case ARRAY -> ArraySignatures.accept(types);
            case JSON -> JsonSignatures.accept(types);
        };
    }
}
