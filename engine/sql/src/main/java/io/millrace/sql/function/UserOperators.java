package io.millrace.sql.function;

import io.millrace.plan.expression.Expression;
import io.millrace.spi.function.FunctionKind;
import io.millrace.spi.function.FunctionSignature;
import io.millrace.spi.function.FunctionSignature.Parameter;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.FunctionDefinition.InSql;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/** The functions that users made, as they are in a catalog when a statement names them. */
public final class UserOperators implements SqlOperatorTable {

    private static final String IN_FROM = "TABLE ";

    private static final Pattern ARGUMENT = Pattern.compile("argument (\\d+) of (.+)");

    private final Catalog catalog;

    private UserOperators(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Returns what is built in, and what the catalog has. */
    public static SqlOperatorTable with(Catalog catalog) {
        return SqlOperatorTables.chain(Operators.TABLE, new UserOperators(catalog));
    }

    /** Returns whether a function or an operator that is built in has a name, whatever the case. */
    public static boolean isBuiltIn(String name) {
        List<SqlOperator> found = new ArrayList<>();
        Operators.TABLE.lookupOperatorOverloads(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                null,
                SqlSyntax.FUNCTION,
                found,
                SqlNameMatchers.withCaseSensitive(false));
        return !found.isEmpty();
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operatorList,
            SqlNameMatcher nameMatcher) {
        if (syntax.family != SqlSyntax.FUNCTION || !name.isSimple()) {
            return;
        }
        if (ARGUMENT.matcher(name.getSimple()).matches()) {
            argument(name.getSimple(), operatorList);
            return;
        }
        boolean inFrom = name.getSimple().startsWith(IN_FROM);
        FunctionDefinition function =
                catalog.function(inFrom ? name.getSimple().substring(IN_FROM.length()) : name.getSimple());
        if (function != null) {
            operatorList.add(inFrom ? inFrom(function) : operator(function));
        }
    }

    /** Returns a table function as it stands in FROM, which is what a name with {@code TABLE} before it finds. */
    public static SqlOperator inFrom(FunctionDefinition function) {
        return new UserOperator(function, IN_FROM + function.name());
    }

    /** Returns what makes a value that of a parameter, as calls of functions in SQL do. */
    public static SqlOperator argument(FunctionDefinition function, int place) {
        Parameter parameter = function.signature().parameters().get(place);
        FunctionSignature same =
                new FunctionSignature(FunctionKind.SCALAR, List.of(parameter), parameter.type(), false, true);
        Expression value = new Expression.Column(0, parameter.type(), true);
        return new UserOperator(
                new FunctionDefinition(function.name(), same, new InSql(value, "")),
                "argument " + (place + 1) + " of " + function.name());
    }

    private void argument(String name, List<SqlOperator> operators) {
        Matcher matcher = ARGUMENT.matcher(name);
        FunctionDefinition function = matcher.matches() ? catalog.function(matcher.group(2)) : null;
        if (function != null) {
            operators.add(argument(function, Integer.parseInt(matcher.group(1)) - 1));
        }
    }

    private static SqlOperator operator(FunctionDefinition function) {
        return function.signature().kind().aggregates()
                ? new UserAggregateOperator(function)
                : new UserOperator(function, function.name());
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return catalog.functions().stream().map(UserOperators::operator).toList();
    }
}
