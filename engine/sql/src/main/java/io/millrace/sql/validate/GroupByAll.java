package io.millrace.sql.validate;

import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.AggregateFunctions;
import io.millrace.sql.parser.tree.MillraceClauses;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY ALL: by what SELECT has without an aggregate.
 *
 * <pre>
 *   SELECT a, b + 1 AS c, SUM(d) FROM s GROUP BY ALL      … GROUP BY a, b + 1
 * </pre>
 */
final class GroupByAll {

    private final Catalog catalog;

    private GroupByAll(Catalog catalog) {
        this.catalog = catalog;
    }

    static SqlNode replace(SqlNode query, Catalog catalog) {
        GroupByAll all = new GroupByAll(catalog);
        SqlNode result = query.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                if (call instanceof SqlSelect select && asked(select)) {
                    all.group(select);
                }
                return super.visit(call);
            }
        });
        return result == null ? query : result;
    }

    private static boolean asked(SqlSelect select) {
        SqlNodeList group = select.getGroup();
        return group != null
                && group.size() == 1
                && group.get(0) instanceof SqlCall call
                && call.getOperator().getName().equalsIgnoreCase(MillraceClauses.GROUP_BY_ALL);
    }

    private void group(SqlSelect select) {
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode item : select.getSelectList()) {
            SqlNode value = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
            if (Stars.is(value)) {
                throw SqlErrors.unsupported(
                        "GROUP BY ALL takes no star", "name the columns in SELECT", value.getParserPosition());
            }
            if (!(value instanceof SqlLiteral) && !aggregates(value)) {
                keys.add(value);
            }
        }
        boolean whole = keys.isEmpty() && select.getSelectList().stream().anyMatch(this::aggregates);
        select.setGroupBy(
                keys.isEmpty() && whole
                        ? null
                        : new SqlNodeList(
                                keys,
                                java.util.Objects.requireNonNull(select.getGroup())
                                        .getParserPosition()));
    }

    private boolean aggregates(SqlNode node) {
        return switch (node) {
            case SqlSelect query -> false;
            case SqlCall call when call.getKind() == SqlKind.OVER -> true;
            case SqlCall call ->
                isAggregate(call.getOperator().getName())
                        || call.getOperandList().stream().anyMatch(o -> o != null && aggregates(o));
            case SqlNodeList list -> list.stream().anyMatch(this::aggregates);
            default -> false;
        };
    }

    private boolean isAggregate(String name) {
        FunctionDefinition user = catalog.function(name);
        return AggregateFunctions.isName(name)
                || (user != null && user.signature().kind().aggregates());
    }
}
