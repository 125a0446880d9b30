package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * SEMI JOIN and ANTI JOIN as conditions of the SELECT that they stand in.
 *
 * <pre>
 *   FROM a SEMI JOIN b ON a.k = b.k      FROM a WHERE EXISTS (SELECT 1 FROM b WHERE a.k = b.k)
 *   FROM a ANTI JOIN b USING (k)         FROM a WHERE NOT EXISTS (SELECT 1 FROM (SELECT k AS $k FROM b) WHERE k = $k)
 * </pre>
 */
final class SemiJoins {

    private final List<SqlNode> conditions = new ArrayList<>();

    private SemiJoins() {}

    static SqlNode replace(SqlNode query) {
        SqlNode result = query.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                if (call instanceof SqlSelect select && select.getFrom() instanceof SqlJoin) {
                    replace(select);
                }
                return super.visit(call);
            }
        });
        return result == null ? query : result;
    }

    private static void replace(SqlSelect select) {
        SemiJoins found = new SemiJoins();
        select.setFrom(found.without(Objects.requireNonNull(select.getFrom())));
        if (found.conditions.isEmpty()) {
            return;
        }
        List<SqlNode> all = new ArrayList<>(found.conditions);
        if (select.getWhere() != null) {
            all.addFirst(select.getWhere());
        }
        select.setWhere(all(all));
    }

    private static SqlNode all(List<SqlNode> conditions) {
        return conditions.stream()
                .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(b.getParserPosition(), a, b))
                .orElseThrow();
    }

    private SqlNode without(SqlNode from) {
        if (!(from instanceof SqlJoin join)) {
            return from;
        }
        int before = conditions.size();
        SqlNode left = without(join.getLeft());
        if (semi(join)) {
            conditions.add(condition(join, left));
            return left;
        }
        keepsAll(join.getJoinType() == JoinType.RIGHT || join.getJoinType() == JoinType.FULL, join, before);
        before = conditions.size();
        SqlNode right = without(join.getRight());
        keepsAll(!filters(join.getJoinType()), join, before);
        join.setLeft(left);
        join.setRight(right);
        return join;
    }

    private static boolean semi(SqlJoin join) {
        return join.getJoinType() == JoinType.LEFT_SEMI_JOIN || anti(join);
    }

    private static boolean anti(SqlJoin join) {
        return join.getJoinType() == JoinType.LEFT_ANTI_JOIN;
    }

    /** Returns whether rows that a join lacks on its right are lacking in its result. */
    private static boolean filters(JoinType type) {
        return type == JoinType.INNER || type == JoinType.CROSS || type == JoinType.COMMA;
    }

    /** Refuses conditions found below a join that would put rows beside NULL which they pass over. */
    private void keepsAll(boolean keeps, SqlJoin join, int before) {
        if (keeps && conditions.size() > before) {
            throw SqlErrors.unsupported(
                    "SEMI JOIN and ANTI JOIN below the side of an outer join that may be missing are not supported",
                    "put them into a subquery in FROM",
                    join.getParserPosition());
        }
    }

    private static SqlNode condition(SqlJoin join, SqlNode left) {
        Set<String> names = new LinkedHashSet<>();
        names(left, names);
        String right = name(join.getRight());
        if (right != null && names.contains(right.toLowerCase(Locale.ROOT))) {
            throw SqlErrors.invalid(
                    "two tables of the name '" + right + "'",
                    "give one of them another name: … JOIN " + right + " AS other ON …",
                    join.getRight().getParserPosition());
        }
        if (join.isNatural() || join.getCondition() == null) {
            throw SqlErrors.unsupported(
                    "SEMI JOIN and ANTI JOIN take ON or USING",
                    "write … JOIN b ON a.k = b.k, or USING (k)",
                    join.getRight().getParserPosition());
        }
        if (join.getConditionType() == JoinConditionType.USING) {
            return using(join, left, (SqlNodeList) join.getCondition());
        }
        refuseSame(join.getCondition());
        return exists(join, join.getRight(), join.getCondition());
    }

    /** A name without a table is looked for in the right one, and that is all of a column compared with itself. */
    private static void refuseSame(SqlNode condition) {
        if (condition instanceof SqlCall call && call.getKind() == SqlKind.AND) {
            call.getOperandList().forEach(SemiJoins::refuseSame);
        } else if (condition instanceof SqlCall call
                && SqlKind.COMPARISON.contains(call.getKind())
                && call.operand(0) instanceof SqlIdentifier name
                && name.isSimple()
                && name.equalsDeep(call.operand(1), Litmus.IGNORE)) {
            throw SqlErrors.invalid(
                    "'" + name + "' may be of either table",
                    "write the table before the column, or USING (" + name + ")",
                    name.getParserPosition());
        }
    }

    /** The columns of the right get other names, so that theirs mean the left. */
    private static SqlNode using(SqlJoin join, SqlNode left, SqlNodeList columns) {
        Map<String, SqlNode> known = UsingColumns.of(left);
        String table = name(left);
        SqlNodeList renamed = new SqlNodeList(join.getParserPosition());
        List<SqlNode> parts = new ArrayList<>();
        for (SqlNode column : columns) {
            SqlParserPos pos = column.getParserPosition();
            String name = ((SqlIdentifier) column).getSimple();
            SqlIdentifier other = new SqlIdentifier("$" + name, pos);
            renamed.add(SqlStdOperatorTable.AS.createCall(pos, column, other));
            SqlNode alone = table == null ? column : new SqlIdentifier(List.of(table, name), pos);
            SqlNode own =
                    known.getOrDefault(name.toLowerCase(Locale.ROOT), alone).clone(pos);
            parts.add(SqlStdOperatorTable.EQUALS.createCall(pos, own, other));
        }
        SqlParserPos pos = join.getRight().getParserPosition();
        SqlNode right = SqlStdOperatorTable.AS.createCall(
                pos, select(renamed, join.getRight(), null), new SqlIdentifier("$right", pos));
        return exists(join, right, all(parts));
    }

    private static SqlNode exists(SqlJoin join, SqlNode right, SqlNode where) {
        SqlParserPos pos = join.getParserPosition();
        SqlNodeList one = SqlNodeList.of(SqlLiteral.createExactNumeric("1", pos));
        SqlNode exists = SqlStdOperatorTable.EXISTS.createCall(pos, select(one, right, where));
        return anti(join) ? SqlStdOperatorTable.NOT.createCall(pos, exists) : exists;
    }

    private static SqlSelect select(SqlNodeList items, SqlNode from, @Nullable SqlNode where) {
        SqlParserPos pos = from.getParserPosition();
        return new SqlSelect(pos, null, items, from, where, null, null, null, null, null, null, null, null);
    }

    private static void names(SqlNode from, Set<String> names) {
        if (from instanceof SqlJoin join) {
            names(join.getLeft(), names);
            names(join.getRight(), names);
            return;
        }
        String name = name(from);
        names.add(name == null ? "" + names.size() : name.toLowerCase(Locale.ROOT));
    }

    /** Returns the name of a table in FROM, or null where it has none. */
    static @Nullable String name(SqlNode from) {
        return switch (from) {
            case SqlIdentifier table -> table.names.getLast();
            case SqlCall as
            when as.getKind() == SqlKind.AS && as.operand(1) instanceof SqlIdentifier alias -> alias.getSimple();
            default -> null;
        };
    }
}
