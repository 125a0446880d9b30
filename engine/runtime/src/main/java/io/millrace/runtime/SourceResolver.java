package io.millrace.runtime;

import io.millrace.plan.PlanNode;
import io.millrace.spi.connector.Source;

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
}
