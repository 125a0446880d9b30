package io.millrace.sql.define;

import io.millrace.sql.parser.tree.SqlCreateFunction;
import io.millrace.sql.parser.tree.SqlDollarQuote;
import io.millrace.sql.view.FunctionQuery;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** The names of the functions that a statement calls, as it spells them; those among them that have a syntax of their own left out. */
public final class CalledFunctions extends SqlBasicVisitor<Void> {

    private final Set<String> names = new LinkedHashSet<>();

    private CalledFunctions() {}

    public static Set<String> of(SqlNode statement) {
        CalledFunctions found = new CalledFunctions();
        statement.accept(found);
        return found.names;
    }

    @Override
    public Void visit(SqlCall call) {
        if (call.getOperator() instanceof SqlUnresolvedFunction function) {
            names.add(function.getName());
        }
        if (call instanceof SqlCreateFunction create && create.ofRows() != null) {
            FunctionQuery.of(create.ofRows()).accept(this);
            return null;
        }
        if (call instanceof SqlDollarQuote quote) {
            FunctionStatements.parse(quote).accept(this);
        }
        return super.visit(call);
    }
}
