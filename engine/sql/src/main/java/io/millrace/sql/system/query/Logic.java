package io.millrace.sql.system.query;

import org.jspecify.annotations.Nullable;

/** Logic with three values. */
final class Logic {

    private Logic() {}

    static @Nullable Boolean and(Expression a, Expression b, Frame frame) {
        Boolean left = Values.truth(a.value(frame));
        if (Boolean.FALSE.equals(left)) {
            return false;
        }
        Boolean right = Values.truth(b.value(frame));
        return Boolean.FALSE.equals(right) ? Boolean.FALSE : left == null ? null : right;
    }

    static @Nullable Boolean or(Expression a, Expression b, Frame frame) {
        Boolean left = Values.truth(a.value(frame));
        if (Boolean.TRUE.equals(left)) {
            return true;
        }
        Boolean right = Values.truth(b.value(frame));
        return Boolean.TRUE.equals(right) ? Boolean.TRUE : left == null ? null : right;
    }

    static @Nullable Boolean not(@Nullable Object value) {
        Boolean truth = Values.truth(value);
        return truth == null ? null : !truth;
    }
}
