package io.millrace.sql.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Goes through a statement and lets the relations that it names in FROM be exchanged, in place; what its WITH defines is
 * none of them.
 */
abstract class RelationWalk {

    private final Deque<Set<String>> common = new ArrayDeque<>();

    private List<SqlNode> before = List.of();

    /**
     * Returns what stands for a relation: the name itself to leave it, another name, or {@code query AS name (columns)}.
     *
     * @param asked whether the relation is asked as of a time, which takes a name
     */
    abstract SqlNode relation(SqlIdentifier name, boolean asked);

    /** Returns what stands for {@code TABLE(function)} in FROM: itself to leave it, or {@code query AS name (columns)}. */
    SqlNode called(SqlCall table, SqlCall function) {
        return walk(table);
    }

    /** Returns what stands before the place that has been reached in its FROM. */
    final List<SqlNode> before() {
        return before;
    }

    /** Returns the names that WITH defines at the place that has been reached, in lower case. */
    final Set<String> commonNames() {
        Set<String> names = new HashSet<>();
        common.forEach(names::addAll);
        return names;
    }

    /** Returns the node, or what stands for it. */
    final SqlNode walk(SqlNode node) {
        return switch (node) {
            case SqlSelect select -> select(select);
            case SqlWith with -> with(with);
            case SqlOrderBy order -> ordered(order);
            case SqlNodeList list -> {
                list.replaceAll(element -> element == null ? null : walk(element));
                yield list;
            }
            case SqlCall call
            when call.getKind() == SqlKind.EXPLICIT_TABLE && call.operand(0) instanceof SqlIdentifier name ->
                explicit(call, name);
            case SqlCall call -> operands(call, 0);
            default -> node;
        };
    }

    private SqlNode operands(SqlCall call, int first) {
        List<SqlNode> operands = call.getOperandList();
        for (int i = first; i < operands.size(); i++) {
            SqlNode operand = operands.get(i);
            if (operand != null) {
                put(call, i, operand, walk(operand));
            }
        }
        return call;
    }

    /** Most nodes cannot be changed, and need not be. */
    @SuppressWarnings("ReferenceEquality")
    private static void put(SqlCall call, int place, SqlNode before, SqlNode after) {
        if (before != after) {
            call.setOperand(place, after);
        }
    }

    @SuppressWarnings("ReferenceEquality") // from() returns what it was given where nothing is exchanged
    private SqlNode select(SqlSelect select) {
        List<SqlNode> around = before;
        before = List.of();
        SqlNode from = select.getFrom();
        List<SqlNode> operands = select.getOperandList();
        for (int i = 0; i < operands.size(); i++) {
            SqlNode operand = operands.get(i);
            if (operand != null) {
                put(select, i, operand, operand == from ? from(operand) : walk(operand));
            }
        }
        before = around;
        return select;
    }

    private SqlNode with(SqlWith with) {
        Set<String> names = new HashSet<>();
        common.push(names);
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            String name = item.name.getSimple().toLowerCase(Locale.ROOT);
            if (item.recursive.booleanValue()) {
                names.add(name);
            }
            item.query = walk(item.query);
            names.add(name);
        }
        with.body = walk(with.body);
        common.pop();
        return with;
    }

    @SuppressWarnings("ReferenceEquality") // walk() returns what it was given where nothing is exchanged
    private SqlNode ordered(SqlOrderBy order) {
        SqlNode query = walk(order.query);
        walk(order.orderList);
        return query == order.query
                ? order
                : new SqlOrderBy(order.getParserPosition(), query, order.orderList, order.offset, order.fetch);
    }

    /** {@code TABLE name}: a query of all its columns. */
    private SqlNode explicit(SqlCall call, SqlIdentifier name) {
        SqlNode relation = found(name, false);
        if (relation instanceof SqlIdentifier other) {
            put(call, 0, name, other);
            return call;
        }
        return allOf(relation);
    }

    private SqlNode from(SqlNode node) {
        return switch (node) {
            case SqlIdentifier name -> found(name, false);
            case SqlJoin join -> {
                join.setLeft(from(join.getLeft()));
                List<SqlNode> further = before;
                before = Stream.concat(before.stream(), Stream.of(join.getLeft()))
                        .toList();
                join.setRight(from(join.getRight()));
                before = further;
                if (join.getCondition() != null) {
                    walk(join.getCondition());
                }
                yield join;
            }
            case SqlCall call ->
                switch (call.getKind()) {
                    case AS -> renamed(call);
                    case SNAPSHOT -> asked(call);
                    case LATERAL -> lateral(call);
                    case COLLECTION_TABLE ->
                        call.operand(0) instanceof SqlCall function ? called(call, function) : walk(call);
                    case TABLESAMPLE, MATCH_RECOGNIZE -> first(call, from(call.operand(0)));
                    case PIVOT, UNPIVOT -> first(call, plain(from(call.operand(0))));
                    case TABLE_REF -> hinted(call);
                    default -> walk(call);
                };
            default -> node;
        };
    }

    /** What stands for a call says itself whether it sees what is before it. */
    private SqlNode lateral(SqlCall lateral) {
        SqlNode rows = from(lateral.operand(0));
        return rows.getKind() == SqlKind.AS ? rows : first(lateral, rows);
    }

    private static SqlNode first(SqlCall call, SqlNode rows) {
        put(call, 0, call.operand(0), rows);
        return call;
    }

    /** Hints of a relation are of none any more where its query stands. */
    private SqlNode hinted(SqlCall call) {
        SqlNode rows = from(call.operand(0));
        return rows instanceof SqlIdentifier ? first(call, rows) : rows;
    }

    private SqlNode asked(SqlCall snapshot) {
        return snapshot.operand(0) instanceof SqlIdentifier name ? first(snapshot, found(name, true)) : snapshot;
    }

    @SuppressWarnings("ReferenceEquality") // from() returns what it was given where nothing is exchanged
    private SqlNode renamed(SqlCall renaming) {
        SqlNode before = renaming.operand(0);
        SqlNode rows = from(before);
        if (rows == before) {
            return renaming;
        }
        if (rows.getKind() != SqlKind.AS) {
            return first(renaming, rows);
        }
        if (renaming.operandCount() > 2) {
            // A subquery does not see what is before it, and what sees it has as many columns as are named here.
            SqlNode seeing = ((SqlCall) rows).operand(0);
            return first(renaming, seeing.getKind() == SqlKind.LATERAL ? seeing : allOf(rows));
        }
        List<SqlNode> operands = new ArrayList<>(((SqlCall) rows).getOperandList());
        operands.set(1, renaming.operand(1));
        return SqlStdOperatorTable.AS.createCall(renaming.getParserPosition(), operands);
    }

    /** Returns rows that have no names for their columns beside those of their query. */
    private static SqlNode plain(SqlNode rows) {
        if (rows instanceof SqlCall as && as.getKind() == SqlKind.AS && as.operandCount() > 2) {
            return SqlStdOperatorTable.AS.createCall(as.getParserPosition(), allOf(as), as.operand(1));
        }
        return rows;
    }

    private static SqlSelect allOf(SqlNode rows) {
        SqlParserPos pos = rows.getParserPosition();
        SqlNodeList star = SqlNodeList.of(SqlIdentifier.star(pos));
        return new SqlSelect(pos, null, star, rows, null, null, null, null, null, null, null, null, null);
    }

    private SqlNode found(SqlIdentifier name, boolean asked) {
        boolean defined =
                name.isSimple() && commonNames().contains(name.getSimple().toLowerCase(Locale.ROOT));
        return defined ? name : Objects.requireNonNull(relation(name, asked));
    }
}
