package io.millrace.runtime.expression;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What expressions take from outside the row. Immutable.
 *
 * @param stepMicros what CURRENT_TIMESTAMP is: microseconds since 1970-01-01T00:00Z
 * @param parameters values of the statement's parameters, in the form of {@link
 *     io.millrace.spi.row.JavaValues}, null for NULL
 * @param zone time zone of the session, in which instants are shown and read
 */
public record EvaluationContext(long stepMicros, List<@Nullable Object> parameters, ZoneId zone) {

    public EvaluationContext {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /** Returns the context of a statement without parameters, in UTC. */
    public static EvaluationContext at(long stepMicros) {
        return new EvaluationContext(stepMicros, List.of(), ZoneOffset.UTC);
    }
}
