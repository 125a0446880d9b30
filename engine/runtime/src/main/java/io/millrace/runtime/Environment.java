package io.millrace.runtime;

import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.spill.Workspace;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a running query takes from outside.
 *
 * @param expressions makes expressions executable
 * @param sources opens the streams that scans read
 * @param clock gives each step its time
 * @param rejected takes rows that could not be used
 * @param parameters values of the statement's parameters, in the form of {@link io.millrace.spi.row.JavaValues}
 * @param zone time zone of the session
 * @param workspace memory and disk of queries that end
 * @param beside runs what need not hold up the thread of a query; null where there is nothing but that thread
 * @param stateSpace memory and disk of the state of queries that go on
 * @param workers share the work of a step
 */
public record Environment(
        ExpressionEngine expressions,
        SourceResolver sources,
        InstantSource clock,
        RejectedRows rejected,
        List<@Nullable Object> parameters,
        ZoneId zone,
        Workspace workspace,
        @Nullable Executor beside,
        Workspace stateSpace,
        Workers workers) {

    public Environment {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /** An environment where queries may use what memory there is, and do all in one thread. */
    public Environment(
            ExpressionEngine expressions,
            SourceResolver sources,
            InstantSource clock,
            RejectedRows rejected,
            List<@Nullable Object> parameters,
            ZoneId zone) {
        this(
                expressions,
                sources,
                clock,
                rejected,
                parameters,
                zone,
                Workspace.unlimited(),
                null,
                Workspace.unlimited(),
                Workers.alone());
    }

    /** Returns the clock's time in microseconds since 1970. */
    public long nowMicros() {
        return io.millrace.spi.row.JavaValues.micros(clock.instant());
    }

    /** Returns what expressions see in a step of this time. */
    public EvaluationContext contextAt(long stepMicros) {
        return new EvaluationContext(stepMicros, parameters, zone);
    }
}
