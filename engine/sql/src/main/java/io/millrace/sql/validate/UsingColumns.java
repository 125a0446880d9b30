package io.millrace.sql.validate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Says of which table the columns of USING are in conditions, where Calcite knows them in SELECT and GROUP BY alone.
 *
 * <pre>
 *   FROM a JOIN b USING (k) WHERE k = 1             WHERE a.k = 1
 *   FROM a RIGHT JOIN b USING (k) WHERE k = 1       WHERE b.k = 1
 *   FROM a FULL JOIN b USING (k) WHERE k = 1        WHERE COALESCE(a.k, b.k) = 1
 * </pre>
 */
final class UsingColumns {

    private UsingColumns() {}

    static SqlNode replace(SqlNode query) {
        SqlNode result = query.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                if (call instanceof SqlOrderBy order && order.query instanceof SqlSelect select) {
                    order(order.orderList, select);
                }
                if (call instanceof SqlSelect select) {
                    where(select);
                }
                return super.visit(call);
            }
        });
        return result == null ? query : result;
    }

    /** Names the columns in WHERE. */
    static void where(SqlSelect select) {
        Map<String, SqlNode> columns = columns(select);
        if (!columns.isEmpty() && select.getWhere() != null) {
            select.setWhere(select.getWhere().accept(new Naming(columns)));
        }
    }

    /** Names what is no column of the result. */
    private static void order(SqlNodeList keys, SqlSelect select) {
        Map<String, SqlNode> columns = columns(select);
        if (columns.isEmpty() || select.isDistinct() || select.getGroup() != null) {
            return;
        }
        for (SqlNode item : select.getSelectList()) {
            if (item.getKind() == SqlKind.AS) {
                columns.remove(key(((SqlCall) item).operand(1)));
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            keys.set(i, keys.get(i).accept(new Naming(columns)));
        }
    }

    private static Map<String, SqlNode> columns(SqlSelect select) {
        return select.getFrom() == null ? Map.of() : of(select.getFrom());
    }

    /** Returns by the columns of USING, in small letters, what they are; those that cannot be told are not there. */
    static Map<String, SqlNode> of(SqlNode from) {
        Map<String, SqlNode> columns = new LinkedHashMap<>();
        if (from instanceof SqlJoin join) {
            find(join, columns);
        }
        return columns;
    }

    private static void find(SqlJoin join, Map<String, SqlNode> columns) {
        if (join.getLeft() instanceof SqlJoin left) {
            find(left, columns);
        }
        if (join.getRight() instanceof SqlJoin right) {
            find(right, columns);
        }
        if (join.getConditionType() != JoinConditionType.USING) {
            return;
        }
        for (SqlNode column : (SqlNodeList) java.util.Objects.requireNonNull(join.getCondition())) {
            SqlNode left = columns.getOrDefault(key(column), of(join.getLeft(), column));
            SqlNode right = of(join.getRight(), column);
            SqlNode named = left == null || right == null ? null : named(join.getJoinType(), left, right);
            if (named != null) {
                columns.put(key(column), named);
            }
        }
    }

    private static SqlNode named(JoinType type, SqlNode left, SqlNode right) {
        return switch (type) {
            case RIGHT -> right;
            case FULL -> SqlStdOperatorTable.COALESCE.createCall(left.getParserPosition(), left, right);
            default -> left;
        };
    }

    private static String key(SqlNode column) {
        return ((SqlIdentifier) column).getSimple().toLowerCase(Locale.ROOT);
    }

    private static @Nullable SqlNode of(SqlNode table, SqlNode column) {
        String name = SemiJoins.name(table);
        return name == null
                ? null
                : new SqlIdentifier(List.of(name, ((SqlIdentifier) column).getSimple()), column.getParserPosition());
    }

    /** Leaves queries within as they are: what is theirs comes first there. */
    private static final class Naming extends SqlShuttle {

        private final Map<String, SqlNode> columns;

        Naming(Map<String, SqlNode> columns) {
            this.columns = columns;
        }

        @Override
        public SqlNode visit(SqlIdentifier id) {
            SqlNode named = id.isSimple() ? columns.get(key(id)) : null;
            SqlParserPos pos = id.getParserPosition();
            return named == null ? id : named.clone(pos);
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            return call.isA(SqlKind.QUERY) ? call : super.visit(call);
        }
    }
}
