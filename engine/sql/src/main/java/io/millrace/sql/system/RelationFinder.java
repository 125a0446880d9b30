package io.millrace.sql.system;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Finds the relations that a query reads, those that WITH defines left out. */
final class RelationFinder extends SqlBasicVisitor<@Nullable Void> {

    private final List<SqlIdentifier> relations = new ArrayList<>();
    private final Deque<Set<String>> commonTables = new ArrayDeque<>();
    private boolean endless;

    static RelationFinder of(SqlNode query) {
        RelationFinder finder = new RelationFinder();
        query.accept(finder);
        return finder;
    }

    List<SqlIdentifier> relations() {
        return relations;
    }

    /** Returns whether it says {@code SELECT STREAM} somewhere. */
    boolean endless() {
        return endless;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        switch (call) {
            case SqlSelect select -> select(select);
            case SqlWith with -> with(with);
            default -> operands(call);
        }
        return null;
    }

    private void operands(SqlCall call) {
        for (SqlNode operand : call.getOperandList()) {
            accept(operand);
        }
    }

    private void accept(@Nullable SqlNode node) {
        if (node != null) {
            node.accept(this);
        }
    }

    private void select(SqlSelect select) {
        endless |= select.getModifierNode(SqlSelectKeyword.STREAM) != null;
        SqlNode from = select.getFrom();
        if (from != null) {
            from(from);
        }
        for (SqlNode operand : select.getOperandList()) {
            if (operand != from) {
                accept(operand);
            }
        }
    }

    private void with(SqlWith with) {
        Set<String> names = new HashSet<>();
        commonTables.push(names);
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            String name = item.name.getSimple().toLowerCase(Locale.ROOT);
            if (item.recursive.booleanValue()) {
                names.add(name);
            }
            accept(item.query);
            names.add(name);
        }
        accept(with.body);
        commonTables.pop();
    }

    private void from(SqlNode node) {
        switch (node) {
            case SqlIdentifier name -> relation(name);
            case SqlJoin join -> {
                from(join.getLeft());
                from(join.getRight());
                accept(join.getCondition());
            }
            case SqlSelect select -> select(select);
            case SqlCall call -> {
                switch (call.getKind()) {
                    case AS, LATERAL, EXTEND, TABLESAMPLE, SNAPSHOT, MATCH_RECOGNIZE, PIVOT, UNPIVOT, OVER, TABLE_REF ->
                        from(call.operand(0));
                    default -> accept(call);
                }
            }
            default -> accept(node);
        }
    }

    private void relation(SqlIdentifier name) {
        boolean common = name.isSimple()
                && commonTables.stream()
                        .anyMatch(names -> names.contains(name.getSimple().toLowerCase(Locale.ROOT)));
        if (!common) {
            relations.add(name);
        }
    }
}
