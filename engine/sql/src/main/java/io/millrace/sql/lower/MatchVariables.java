package io.millrace.sql.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** The variables of a pattern by their place, and the sets of them that have names. */
final class MatchVariables {

    private final List<String> names = new ArrayList<>();
    private final Map<String, List<Integer>> sets = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    MatchVariables(SqlMatchRecognize match) {
        match.getPattern().accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // the visitor's answer is not used
            public Void visit(SqlIdentifier variable) {
                if (sets.putIfAbsent(variable.getSimple(), List.of(names.size())) == null) {
                    names.add(variable.getSimple());
                }
                return null;
            }
        });
        for (SqlNode subset : match.getSubsetList()) {
            SqlIdentifier name = ((SqlCall) subset).operand(0);
            TreeSet<Integer> members = new TreeSet<>();
            for (SqlNode member : (SqlNodeList) ((SqlCall) subset).operand(1)) {
                members.addAll(set(((SqlIdentifier) member).getSimple()));
            }
            sets.put(name.getSimple(), List.copyOf(members));
        }
    }

    List<String> names() {
        return names;
    }

    /** Returns the place of a variable. */
    int place(String name) {
        return set(name).getFirst();
    }

    List<Integer> all() {
        return IntStream.range(0, names.size()).boxed().toList();
    }

    /** Returns the variables of a name: one, those of a SUBSET, or all for that of the rows themselves. */
    List<Integer> set(String name) {
        List<Integer> set = sets.get(name);
        return set == null ? all() : set;
    }
}
