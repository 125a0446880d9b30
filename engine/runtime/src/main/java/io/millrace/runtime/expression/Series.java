package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The numbers or times from a first one to a last one, as PostgreSQL's {@code generate_series} has them. */
final class Series {

    /** Most elements: they are one value. */
    static final int ELEMENTS_MAX = 1_000_000;

    private Series() {}

    static List<Object> of(Call call, @Nullable Object[] values) {
        Object first = Objects.requireNonNull(values[0]);
        Object last = Objects.requireNonNull(values[1]);
        Object step = Objects.requireNonNull(values[2]);
        return first instanceof Number from
                ? numbers(from.longValue(), ((Number) last).longValue(), ((Number) step).longValue())
                : times((LocalDateTime) first, (LocalDateTime) last, (TemporalAmount) step);
    }

    private static List<Object> numbers(long first, long last, long step) {
        checkStep(Long.signum(step));
        List<Object> numbers = new ArrayList<>();
        long at = first;
        while (step > 0 ? at <= last : at >= last) {
            add(numbers, at);
            long next = at + step;
            // Beyond the greatest number nothing follows.
            if (step > 0 ? next < at : next > at) {
                break;
            }
            at = next;
        }
        return numbers;
    }

    /** Months go on from the day that the one before came to. */
    private static List<Object> times(LocalDateTime first, LocalDateTime last, TemporalAmount step) {
        int sign = step instanceof Period months
                ? Long.signum(months.toTotalMonths())
                : ((Duration) step).compareTo(Duration.ZERO);
        checkStep(sign);
        List<Object> times = new ArrayList<>();
        for (LocalDateTime at = first; sign > 0 ? !at.isAfter(last) : !at.isBefore(last); at = at.plus(step)) {
            add(times, at);
        }
        return times;
    }

    private static void checkStep(int sign) {
        if (sign == 0) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "the step of a series is zero");
        }
    }

    private static void add(List<Object> elements, Object element) {
        if (elements.size() == ELEMENTS_MAX) {
            throw new RowFailure(ErrorCode.LIMIT_EXCEEDED, "a series of more than " + ELEMENTS_MAX + " elements");
        }
        elements.add(element);
    }
}
