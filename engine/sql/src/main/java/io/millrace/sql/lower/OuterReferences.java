package io.millrace.sql.lower;

import io.millrace.sql.lower.Scope.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Finds what a query refers to of the queries around it. */
final class OuterReferences {

    private final Set<Reference> found = new LinkedHashSet<>();
    private final Set<CorrelationId> own = new HashSet<>();
    private final RexShuttle expressions = new RexShuttle() {
        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
                found.add(new Reference(variable.id, access.getField().getIndex()));
                return access;
            }
            return super.visitFieldAccess(access);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            collect(query.rel);
            return super.visitSubQuery(query);
        }
    };

    private OuterReferences() {}

    /** Returns what the query and all below it refer to of queries around it. */
    static Set<Reference> of(RelNode rel) {
        OuterReferences references = new OuterReferences();
        references.collect(rel);
        return references.outside();
    }

    static Set<Reference> of(RexNode expression) {
        OuterReferences references = new OuterReferences();
        expression.accept(references.expressions);
        return references.outside();
    }

    /** Leaves out what parts of the query refer to of one another. */
    private Set<Reference> outside() {
        found.removeIf(reference -> own.contains(reference.id()));
        return found;
    }

    private void collect(RelNode rel) {
        own.addAll(rel.getVariablesSet());
        rel.accept(new RelShuttleImpl() {
            @Override
            protected RelNode visitChild(RelNode parent, int i, RelNode child) {
                own.addAll(child.getVariablesSet());
                child.accept(expressions);
                child.accept(this);
                return parent;
            }
        });
        rel.accept(expressions);
    }

    /** Returns the subqueries in an expression, but not those within them; operands before what they are of. */
    static List<RexSubQuery> subqueries(RexNode expression) {
        List<RexSubQuery> queries = new ArrayList<>();
        expression.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                query.getOperands().forEach(operand -> operand.accept(this));
                queries.add(query);
                return query;
            }
        });
        return queries;
    }
}
