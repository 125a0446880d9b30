package io.millrace.runtime.pump;

import io.millrace.runtime.operator.OperatorReport;
import java.util.List;

/**
 * What a pump has done since it was opened, operator by operator.
 *
 * @param status counters of the whole, of earlier lives too
 * @param nanosOpen how long it has been open
 * @param checkpoint what the newest checkpoint cost that it has written
 * @param operators inputs before those that read them
 */
public record PumpReport(
        PumpStatus status, long nanosOpen, CheckpointReport checkpoint, List<OperatorReport> operators) {
    public PumpReport {
        operators = List.copyOf(operators);
    }
}
