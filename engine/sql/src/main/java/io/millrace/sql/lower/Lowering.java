package io.millrace.sql.lower;

import io.millrace.plan.PlanNode;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.validate.ValidQuery;
import java.util.List;
import org.apache.calcite.rel.RelRoot;

/** Valid queries to operators, before any rewriting. */
public final class Lowering {

    private Lowering() {}

    public static PlanNode lower(ValidQuery query) {
        RelRoot root = RelConverter.convert(query);
        PlanNode node = new PlanLowering(query.endless()).lower(root.rel);
        List<Integer> wanted = List.copyOf(root.fields.leftList());
        List<String> names = List.copyOf(root.fields.rightList());
        boolean exact = wanted.size() == node.rowType().size()
                && names.equals(
                        node.rowType().fields().stream().map(f -> f.name()).toList());
        return exact ? node : Nodes.project(node, io.millrace.sql.rewrite.Columns.at(wanted, node.rowType()), names);
    }
}
