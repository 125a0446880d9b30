package io.millrace.sql.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/** Operators by name, whatever the case. Functions of every kind of syntax are found as functions. */
final class OperatorIndex implements SqlOperatorTable {

    private final List<SqlOperator> all;
    private final Map<String, List<SqlOperator>> byName = new HashMap<>();

    OperatorIndex(List<SqlOperator> operators) {
        this.all = List.copyOf(operators);
        for (SqlOperator operator : all) {
            byName.computeIfAbsent(operator.getName().toUpperCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(operator);
        }
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operatorList,
            SqlNameMatcher nameMatcher) {
        if (!name.isSimple()) {
            return;
        }
        for (SqlOperator operator : byName.getOrDefault(name.getSimple().toUpperCase(Locale.ROOT), List.of())) {
            boolean asFunction = syntax == SqlSyntax.FUNCTION && operator instanceof SqlFunction;
            if (asFunction || family(operator.getSyntax()) == family(syntax)) {
                operatorList.add(operator);
            }
        }
    }

    private static SqlSyntax family(SqlSyntax syntax) {
        return syntax == SqlSyntax.FUNCTION_STAR || syntax == SqlSyntax.FUNCTION_ID
                ? SqlSyntax.FUNCTION
                : syntax.family;
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return all;
    }
}
