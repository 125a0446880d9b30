package io.millrace.sql.define;

import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.function.FunctionKind;
import io.millrace.spi.function.FunctionSignature;
import io.millrace.spi.function.FunctionSignature.Parameter;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.FunctionDefinition.InSql;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.error.CalciteErrors;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.UserOperators;
import io.millrace.sql.parser.MillraceParser;
import io.millrace.sql.parser.ParseFailure;
import io.millrace.sql.parser.tree.SqlColumn;
import io.millrace.sql.parser.tree.SqlCreateFunction;
import io.millrace.sql.parser.tree.SqlDollarQuote;
import io.millrace.sql.parser.tree.SqlFunctionInJava;
import io.millrace.sql.parser.tree.SqlFunctionInSql;
import io.millrace.sql.parser.tree.SqlFunctionOfRows;
import io.millrace.sql.statement.Statement;
import io.millrace.sql.validate.Validation.RowtimeWanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CREATE FUNCTION}. */
public final class FunctionStatements {

    /** What PostgreSQL has around the expression: SELECT before it, a semicolon behind it. */
    private static final Pattern AROUND = Pattern.compile("(?i)(?<=^\\s{0,100000})select\\b|;(?=\\s*$)");

    private final Catalog catalog;

    public FunctionStatements(Catalog catalog) {
        this.catalog = catalog;
    }

    public Statement.CreateFunction create(SqlCreateFunction create, StatementSource source) {
        String name = TaskStatements.name(create.name());
        if (UserOperators.isBuiltIn(name)) {
            throw SqlErrors.at(
                    ErrorCode.DUPLICATE_NAME,
                    "there is a function '" + name.toLowerCase(Locale.ROOT) + "' that is built in",
                    "give yours another name",
                    create.name().getParserPosition());
        }
        SqlFunctionOfRows rows = create.ofRows();
        if (rows != null) {
            FunctionDefinition function = new TableFunctionStatements(catalog).create(name, rows, source);
            return new Statement.CreateFunction(
                    new Statement.CreateFunction.InSql(function), create.getReplace(), create.ifNotExists());
        }
        SqlFunctionInJava java = create.inJava();
        Statement.CreateFunction.Source what = java != null
                ? new Statement.CreateFunction.InJava(
                        name,
                        SqlFunctionInJava.text(java.className()),
                        SqlFunctionInJava.text(java.jar()),
                        java.checksum() == null ? null : SqlFunctionInJava.text(java.checksum()))
                : new Statement.CreateFunction.InSql(inSql(name, Objects.requireNonNull(create.inSql()), source));
        return new Statement.CreateFunction(what, create.getReplace(), create.ifNotExists());
    }

    /** Returns what is declared between brackets. */
    static List<Field> fields(String what, List<SqlNode> declared) {
        List<Field> fields = new ArrayList<>();
        for (SqlNode node : declared) {
            SqlColumn field = (SqlColumn) node;
            String called = field.name().getSimple();
            if (fields.stream().anyMatch(other -> other.name().equalsIgnoreCase(called))) {
                throw SqlErrors.invalid(
                        "two " + what + " are named '" + called + "'",
                        "give one of them another name",
                        field.getParserPosition());
            }
            fields.add(Field.nullable(called, DeclaredTypes.of(field.type())));
        }
        return fields;
    }

    private FunctionDefinition inSql(String name, SqlFunctionInSql function, StatementSource source) {
        List<Field> parameters = fields("parameters", function.parameters());
        String sql = (function.body() instanceof SqlDollarQuote ? "AS " : "RETURN ") + source.from(function.body());
        DataType result = DeclaredTypes.of(function.returns());
        Expression body = body(name, new RowType(parameters), function.body());
        if (!Assignment.allowed(body, result)) {
            throw SqlErrors.at(
                    ErrorCode.TYPE_MISMATCH,
                    "function '" + name + "' gives " + result + ", and its expression is " + body.type(),
                    "convert it: CAST(… AS " + result + "), or change RETURNS",
                    function.body().getParserPosition());
        }
        FunctionSignature signature = new FunctionSignature(
                FunctionKind.SCALAR,
                parameters.stream()
                        .map(parameter -> new Parameter(parameter.name(), parameter.type(), true))
                        .toList(),
                result,
                true,
                body.deterministic());
        Expression given = Coercion.explicit(result, body, true, false);
        return new FunctionDefinition(name, signature, new InSql(given, sql));
    }

    /** Plans the expression as what a query over one relation gives, whose columns are the parameters. */
    private Expression body(String name, RowType parameters, SqlNode written) {
        SqlNode expression = written instanceof SqlDollarQuote quote ? parse(quote) : written;
        SqlParserPos pos = written.getParserPosition();
        SqlSelect select = new SqlSelect(
                pos,
                SqlNodeList.EMPTY,
                new SqlNodeList(List.of(expression), pos),
                new SqlIdentifier(name, pos),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Queries queries = new Queries(new ParameterCatalog(catalog, name, parameters));
        PlanNode node =
                queries.lower(select, false, RowtimeWanted.NO, List.of()).node();
        if (node instanceof PlanNode.Scan) {
            return io.millrace.sql.rewrite.Columns.at(0, parameters);
        }
        if (node instanceof PlanNode.Project project && project.input() instanceof PlanNode.Scan) {
            return project.expressions().getFirst();
        }
        throw SqlErrors.unsupported(
                "a function that is more than an expression of its parameters is not supported",
                "leave out subqueries, aggregates and OVER, or write it in Java",
                pos);
    }

    static SqlNode parse(SqlDollarQuote quote) {
        String text = AROUND.matcher(quote.placed())
                .replaceAll(found -> " ".repeat(found.group().length()));
        try {
            return MillraceParser.parseExpression(text);
        } catch (ParseFailure e) {
            throw CalciteErrors.syntax(e);
        }
    }
}
