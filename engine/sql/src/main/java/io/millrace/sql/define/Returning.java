package io.millrace.sql.define;

import io.millrace.plan.PlanNode;
import io.millrace.spi.type.DataType;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.error.SqlErrors;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** {@code RETURNING}: a query over the rows that a statement has written, in the place of the table's. */
final class Returning {

    private Returning() {}

    static Queries.Planned plan(
            Queries queries,
            SqlNodeList items,
            TableDefinition table,
            SqlIdentifier alias,
            List<DataType> parameterTypes) {
        SqlNode query = ChangedRows.query(
                List.copyOf(items.getList().stream().map(SqlNode.class::cast).toList()),
                new SqlIdentifier(table.name(), alias.getParserPosition()),
                alias,
                null,
                null,
                items.getParserPosition());
        Queries.Planned planned = queries.plan(query, parameterTypes);
        PlanNode node = planned.plan().root();
        while (node instanceof PlanNode.Project project) {
            node = project.input();
        }
        if (!(node instanceof PlanNode.Scan)) {
            throw SqlErrors.unsupported(
                    "RETURNING takes expressions over the row, without aggregates and subqueries",
                    "name columns, and compute the rest with a query of its own",
                    items.getParserPosition());
        }
        return planned;
    }
}
