package io.millrace.sql.define;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The streams, views and tables that the names of a FROM stand for, those below subqueries and WITH being followed. */
final class NamedTables {

    private final Map<String, SqlNode> common = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Set<String>> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private NamedTables() {}

    /** @param select the one whose FROM it is */
    static NamedTables of(SqlNode query, @Nullable SqlSelect select) {
        NamedTables named = new NamedTables();
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call instanceof SqlWithItem item) {
                    named.common.put(item.name.getSimple(), item.query);
                }
                return super.visit(call);
            }
        });
        if (select != null && select.getFrom() != null) {
            named.name(select.getFrom());
        }
        return named;
    }

    /** Returns the tables that a name of the FROM stands for; a name that is none there stands for itself. */
    Set<String> below(String name) {
        Set<String> self = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        self.add(name);
        return tables.getOrDefault(name, self);
    }

    private void name(SqlNode from) {
        switch (from) {
            case SqlJoin join -> {
                name(join.getLeft());
                name(join.getRight());
            }
            case SqlIdentifier table -> put(table.names.getLast(), table);
            case SqlCall as
            when as.getKind() == SqlKind.AS -> put(((SqlIdentifier) as.operand(1)).getSimple(), as.operand(0));
            default -> {}
        }
    }

    private void put(String name, SqlNode rows) {
        Set<String> found = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        collect(rows, found, new HashSet<>());
        tables.put(name, found);
    }

    private void collect(@Nullable SqlNode rows, Set<String> found, Set<String> seen) {
        switch (rows) {
            case null -> {}
            case SqlIdentifier table -> {
                String name = table.names.getLast();
                SqlNode query = common.get(name);
                if (query == null) {
                    found.add(name);
                } else if (seen.add(name)) {
                    collect(query, found, seen);
                }
            }
            case SqlSelect select -> collect(select.getFrom(), found, seen);
            case SqlWith with -> collect(with.body, found, seen);
            case SqlJoin join -> {
                collect(join.getLeft(), found, seen);
                collect(join.getRight(), found, seen);
            }
            case SqlMatchRecognize match -> collect(match.getTableRef(), found, seen);
            case SqlCall as when as.getKind() == SqlKind.AS -> collect(as.operand(0), found, seen);
            case SqlCall call when call.getKind() == SqlKind.DESCRIPTOR -> {}
            case SqlCall call -> call.getOperandList().forEach(operand -> collect(operand, found, seen));
            default -> {}
        }
    }
}
