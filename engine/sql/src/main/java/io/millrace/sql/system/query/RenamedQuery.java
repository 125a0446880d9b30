package io.millrace.sql.system.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query whose columns have other names. */
record RenamedQuery(Query query, List<String> names) implements Query {

    @Override
    public List<Column> columns() {
        List<Column> renamed = new ArrayList<>();
        for (Column column : query.columns()) {
            int place = renamed.size();
            String name = place < names.size() ? names.get(place) : column.name();
            renamed.add(new Column(name, column.type(), column.untyped()));
        }
        return renamed;
    }

    @Override
    public List<@Nullable Object[]> rows(Context context, @Nullable Frame outer) {
        return query.rows(context, outer);
    }
}
