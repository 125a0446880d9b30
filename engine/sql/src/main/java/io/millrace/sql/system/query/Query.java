package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled query. Immutable; may run in several threads. */
interface Query {

    /**
     * A column of the answer.
     *
     * @param untyped as in {@link Expression#untyped()}
     */
    record Column(String name, DataType type, boolean untyped) {}

    List<Column> columns();

    /**
     * Computes the rows.
     *
     * @param outer the row at hand of the query around, null where there is none
     */
    List<@Nullable Object[]> rows(Context context, @Nullable Frame outer);
}
