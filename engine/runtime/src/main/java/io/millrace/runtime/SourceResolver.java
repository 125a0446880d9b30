package io.millrace.runtime;

import io.millrace.plan.PlanNode;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;

/** Opens what a scan reads. */
@FunctionalInterface
public interface SourceResolver {

    /**
     * Opens the stream of a scan. Its rows have exactly the columns of {@link PlanNode.Scan#rowType()}, system
     * columns included. The query closes it.
     *
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME} where there is no such stream
     */
    Source open(PlanNode.Scan scan);

    /**
     * Opens what a scan asks another system for, by key. The query closes it.
     *
     * @param keys the scan's columns that keys are values of
     * @throws io.millrace.spi.error.MillraceException {@code UNSUPPORTED} where nothing can be asked
     */
    default RowLookup lookup(PlanNode.Scan scan, List<Integer> keys) {
        throw new MillraceException(ErrorCode.UNSUPPORTED, "'" + scan.stream() + "' cannot be asked by key");
    }
}
