package io.millrace.sql.define;

import io.millrace.plan.expression.Expression;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.function.FunctionKind;
import io.millrace.spi.function.FunctionSignature;
import io.millrace.spi.function.FunctionSignature.Parameter;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.ForwardingCatalog;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.FunctionDefinition.OfRows;
import io.millrace.sql.catalog.StoredQuery;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.parser.tree.SqlColumn;
import io.millrace.sql.parser.tree.SqlDollarQuote;
import io.millrace.sql.parser.tree.SqlFunctionOfRows;
import io.millrace.sql.view.Arguments;
import io.millrace.sql.view.DeclaredNames;
import io.millrace.sql.view.FunctionQuery;
import io.millrace.sql.view.NamedRelations;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE FUNCTION … RETURNS TABLE}: queries with parameters, that stand in the place of calls. */
final class TableFunctionStatements {

    private final Catalog catalog;

    TableFunctionStatements(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Plans the query as one that ends, each parameter NULL of its type: it means the same for other values. */
    FunctionDefinition create(String name, SqlFunctionOfRows function, StatementSource source) {
        List<Field> parameters = FunctionStatements.fields("parameters", function.parameters());
        RowType columns = new RowType(FunctionStatements.fields("columns", function.columns()));
        SqlNode query = FunctionQuery.of(function);
        SqlParserPos pos = query.getParserPosition();
        if (columns.size() == 0) {
            throw SqlErrors.invalid("a table without columns", "write RETURNS TABLE (name type, …)", pos);
        }
        ViewStatements.refuseTiming("a function", query);
        Set<String> relations = NamedRelations.of(query);
        ViewStatements.refuseUrls("a function", relations, query);
        refuseAmbiguous(parameters, query, relations);
        String text = text(function.body(), source);
        Set<String> functions = CalledFunctions.of(query);
        boolean converted = converted(name, columns, planned(name, function, parameters, query), pos);
        FunctionSignature signature = new FunctionSignature(
                FunctionKind.TABLE,
                parameters.stream()
                        .map(parameter -> new Parameter(parameter.name(), parameter.type(), true))
                        .toList(),
                new ArrayType(columns, false),
                false,
                false);
        return new FunctionDefinition(name, signature, new OfRows(columns, converted, text, relations, functions));
    }

    private static String text(SqlNode body, StatementSource source) {
        String text = switch (body) {
            case SqlDollarQuote quote -> quote.text();
            case SqlLiteral literal -> literal.toValue();
            default -> source.from(body);
        };
        return text.strip().replaceFirst(";\\s*$", "");
    }

    private RowType planned(String name, SqlFunctionOfRows function, List<Field> parameters, SqlNode query) {
        List<SqlNode> values = function.parameters().stream()
                .map(parameter -> (SqlNode) SqlStdOperatorTable.CAST.createCall(
                        parameter.getParserPosition(),
                        SqlLiteral.createNull(parameter.getParserPosition()),
                        ((SqlColumn) parameter).type()))
                .toList();
        List<Parameter> named = parameters.stream()
                .map(parameter -> new Parameter(parameter.name(), parameter.type(), true))
                .toList();
        Queries.Planned planned =
                new Queries(new Without(catalog, name)).plan(Arguments.put(query, named, values), List.of());
        TaskStatements.refuseParameters(planned.parameterTypes(), query);
        return planned.plan().rowType();
    }

    /** Returns whether what the query gives is not yet what is declared. */
    private static boolean converted(String name, RowType columns, RowType given, SqlParserPos pos) {
        if (given.size() != columns.size()) {
            throw SqlErrors.invalid(
                    "function '" + name + "' returns " + columns.size() + " columns, and its query gives "
                            + given.size(),
                    "declare in RETURNS TABLE what the query selects",
                    pos);
        }
        boolean converted = false;
        for (int i = 0; i < columns.size(); i++) {
            Field wanted = columns.field(i);
            Field field = given.field(i);
            if (field.type().equals(wanted.type())) {
                continue;
            }
            Expression value = new Expression.Column(i, field.type(), field.nullable());
            boolean nested = wanted.type() instanceof ArrayType
                    || wanted.type() instanceof MapType
                    || wanted.type() instanceof RowType;
            if (nested || !Assignment.allowed(value, wanted.type())) {
                throw SqlErrors.at(
                        ErrorCode.TYPE_MISMATCH,
                        "column '" + wanted.name() + "' of function '" + name + "' is " + wanted.type()
                                + ", and its query gives " + field.type(),
                        "convert it: CAST(… AS " + wanted.type() + "), or change RETURNS TABLE",
                        pos);
            }
            converted = true;
        }
        return converted;
    }

    /** A name in the query means one thing, whatever columns come later to what it reads. */
    private void refuseAmbiguous(List<Field> parameters, SqlNode query, Set<String> relations) {
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        taken.addAll(DeclaredNames.of(query));
        taken.add("ROWTIME");
        relations.forEach(relation -> columns(relation).forEach(column -> taken.add(column.name())));
        for (String called : CalledFunctions.of(query)) {
            FunctionDefinition function = catalog.function(called);
            if (function != null && function.code() instanceof OfRows rows) {
                taken.add(called);
                rows.columns().fields().forEach(column -> taken.add(column.name()));
            }
        }
        for (Field parameter : parameters) {
            if (taken.contains(parameter.name())) {
                throw SqlErrors.invalid(
                        "'" + parameter.name() + "' is a parameter, and the query calls something else so, or a"
                                + " column of what it reads is called so",
                        "give the parameter another name",
                        query.getParserPosition());
            }
        }
    }

    private List<Field> columns(String relation) {
        StreamDefinition stream = catalog.stream(relation);
        if (stream != null) {
            return stream.columns().fields();
        }
        TableDefinition table = catalog.table(relation);
        if (table != null) {
            return table.columns().fields();
        }
        ViewDefinition view = catalog.view(relation);
        if (view != null) {
            return view.columns().fields();
        }
        StoredQuery stored = catalog.storedQuery(relation);
        if (stored != null) {
            return stored.columns().fields();
        }
        ExternalTable external = catalog.externalTable(relation);
        return external == null ? List.of() : external.columns().fields();
    }

    /** What there is but one function: it cannot be what it is made of. */
    private static final class Without extends ForwardingCatalog {

        private final String function;

        Without(Catalog around, String function) {
            super(around);
            this.function = function;
        }

        @Override
        public @Nullable FunctionDefinition function(String name) {
            return name.equalsIgnoreCase(function) ? null : super.function(name);
        }
    }
}
