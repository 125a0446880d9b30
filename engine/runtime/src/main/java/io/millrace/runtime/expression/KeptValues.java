package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.UserCall;
import io.millrace.plan.expression.ScalarFunction;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which expressions of a projection are computed once for a row and kept, since several places use them: the condition
 * and an output, say. It is worth it where to compute a value again takes longer than to look it up.
 */
final class KeptValues {

    static final KeptValues NONE = new KeptValues();

    /** What takes long of functions of text and time; those of regular expressions and JSON all do. */
    private static final Set<ScalarFunction> DEAR = EnumSet.of(
            ScalarFunction.CONCAT,
            ScalarFunction.UPPER,
            ScalarFunction.LOWER,
            ScalarFunction.INITCAP,
            ScalarFunction.OVERLAY,
            ScalarFunction.REPLACE,
            ScalarFunction.LPAD,
            ScalarFunction.RPAD,
            ScalarFunction.REPEAT,
            ScalarFunction.REVERSE,
            ScalarFunction.MD5,
            ScalarFunction.SHA1,
            ScalarFunction.SHA224,
            ScalarFunction.SHA256,
            ScalarFunction.SHA384,
            ScalarFunction.SHA512,
            ScalarFunction.TRANSLATE,
            ScalarFunction.ENCODE,
            ScalarFunction.DECODE,
            ScalarFunction.FORMAT_NUMBER,
            ScalarFunction.PARSE_NUMBER,
            ScalarFunction.PARSE_TIMESTAMP,
            ScalarFunction.FORMAT_TIMESTAMP,
            ScalarFunction.AT_TIME_ZONE);

    private final Map<Expression, Integer> places = new HashMap<>();

    private KeptValues() {}

    /** Finds them in a projection. */
    static KeptValues of(@Nullable Expression condition, List<Expression> outputs) {
        KeptValues kept = new KeptValues();
        if (condition != null) {
            kept.count(condition);
        }
        outputs.forEach(kept::count);
        return kept;
    }

    boolean contains(Expression expression) {
        return isDear(expression) && places.getOrDefault(expression, 0) > 1;
    }

    /** What is inside of a value that is kept is computed once with it, however often it occurs. */
    private void count(Expression expression) {
        if (isDear(expression) && places.merge(expression, 1, Integer::sum) > 1) {
            return;
        }
        switch (expression) {
            case Call call -> call.arguments().forEach(this::count);
            case UserCall call -> call.arguments().forEach(this::count);
            case Cast cast -> count(cast.operand());
            case FieldAccess access -> count(access.row());
            case Case choice -> {
                for (Case.Branch branch : choice.branches()) {
                    count(branch.condition());
                    count(branch.value());
                }
                count(choice.otherwise());
            }
            default -> {}
        }
    }

    private static boolean isDear(Expression expression) {
        Form form = Form.of(expression.type());
        if (form == Form.OBJECT) {
            return false;
        }
        boolean dear = switch (expression) {
            case Call call ->
                switch (call.function().kind()) {
                    case REGEX, JSON -> true;
                    default -> DEAR.contains(call.function());
                };
            case UserCall call -> true;
            case Cast cast -> form != Form.BYTES && Form.of(cast.operand().type()) == Form.BYTES;
            default -> false;
        };
        return dear && expression.deterministic();
    }
}
