package io.millrace.runtime.pump;

import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.state.StateReader;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.Map;
import java.util.Objects;

/**
 * What a checkpoint holds.
 *
 * @param sections the state of operators, by the ids of their plan nodes
 */
record StoredState(PumpStatus status, Map<String, Section> sections) {

    /** Returns whether the state of an operator is there, as that operator stores it. */
    boolean has(Operator operator) {
        Section section = sections.get(operator.id());
        return section != null && section.layout().equals(operator.stateLayout());
    }

    /** Returns the state of an operator that has some. */
    Section section(String id) {
        return Objects.requireNonNull(sections.get(id), id);
    }

    /**
     * The state of one operator.
     *
     * @param layout that of the operator which stored it
     */
    record Section(String layout, byte[] bytes) {

        StateReader reader(String id, String wanted) {
            if (!layout.equals(wanted)) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE,
                        "the stored state of " + id + " is of another query: it is '" + layout + "', not '" + wanted
                                + "'",
                        "drop and create what the query belongs to");
            }
            return new StateReader(bytes);
        }
    }
}
