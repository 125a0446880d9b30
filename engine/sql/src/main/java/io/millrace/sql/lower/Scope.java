package io.millrace.sql.lower;

import io.millrace.plan.PlanNode;
import io.millrace.spi.type.Field;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.rel.core.CorrelationId;

/**
 * What a subquery sees of the queries around it: some columns, each by the place where the validator found it.
 *
 * <p>A subquery that refers outward is computed once for all rows around it and not once per row: its own rows
 * get the columns that it refers to behind them, and are joined by these.
 *
 * @param references what is referred to
 * @param fields the same as columns
 * @param rows makes the distinct values that the columns have around it, in their order
 */
record Scope(List<Reference> references, List<Field> fields, Supplier<PlanNode> rows) {

    static final Scope NONE = new Scope(List.of(), List.of(), () -> {
        throw new IllegalStateException("nothing is referred to");
    });

    /** A column of the query around a subquery. */
    record Reference(CorrelationId id, int field) {}

    boolean isEmpty() {
        return references.isEmpty();
    }

    int size() {
        return references.size();
    }
}
