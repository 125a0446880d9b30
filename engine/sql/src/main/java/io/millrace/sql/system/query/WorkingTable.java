package io.millrace.sql.system.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a recursive query sees under its own name: the rows that it found last. */
final class WorkingTable implements Query {

    private final List<Column> columns;

    WorkingTable(List<Column> columns) {
        this.columns = columns;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public List<@Nullable Object[]> rows(Context context, @Nullable Frame outer) {
        return context.working().getOrDefault(this, List.of());
    }
}
