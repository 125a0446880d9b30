package io.millrace.sql.view;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.function.FunctionSignature.Parameter;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.FunctionDefinition.OfRows;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.UserOperators;
import io.millrace.sql.type.MillraceTypeFactory;
import io.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** The arguments of a call of a function of rows, as they can stand within its query. */
final class CallArguments {

    private final Catalog catalog;
    private final FunctionDefinition function;

    /** What stands before the call in its FROM. */
    private final List<SqlNode> before;

    CallArguments(Catalog catalog, FunctionDefinition function, List<SqlNode> before) {
        this.catalog = catalog;
        this.function = function;
        this.before = before;
    }

    /** Returns an argument for each parameter, of its type. */
    List<SqlNode> of(SqlCall call) {
        List<Parameter> parameters = function.signature().parameters();
        if (call.operandCount() != parameters.size()) {
            throw SqlErrors.at(
                    ErrorCode.INVALID_STATEMENT,
                    "function '" + function.name() + "' takes " + count(parameters.size()) + ", not "
                            + call.operandCount(),
                    "call it with " + function.name() + function.signature().arguments(),
                    call.getParserPosition());
        }
        List<SqlNode> values = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            SqlNode value = call.operand(i);
            refuseUnsteady(value, i);
            values.add(typed(parameters.get(i), i, seen(value)));
        }
        return values;
    }

    private static String count(int parameters) {
        return parameters == 1 ? "1 argument" : parameters + " arguments";
    }

    /** Returns whether one of the arguments is of a row, rather than the same for all. */
    static boolean ofRow(List<SqlNode> values) {
        boolean[] found = {false};
        values.forEach(value -> value.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier identifier) {
                found[0] = true;
                return null;
            }
        }));
        return found[0];
    }

    private SqlNode typed(Parameter parameter, int place, SqlNode value) {
        SqlParserPos pos = value.getParserPosition();
        if (value instanceof SqlDynamicParam) {
            SqlNode type = SqlTypeUtil.convertTypeToSpec(
                            Types.toCalcite(parameter.type(), true, new MillraceTypeFactory()))
                    .clone(pos);
            return SqlStdOperatorTable.CAST.createCall(pos, value, type);
        }
        return UserOperators.argument(function, place).createCall(pos, value);
    }

    /** A query reads its argument wherever it names it: for each row, and never the same one twice. */
    private void refuseUnsteady(SqlNode value, int place) {
        value.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                    throw SqlErrors.unsupported(
                            "a subquery as argument " + (place + 1) + " of '" + function.name() + "' is not supported",
                            "put it before the function: FROM (SELECT …) AS q, LATERAL " + function.name() + "(q.…)",
                            call.getParserPosition());
                }
                FunctionDefinition called = catalog.function(call.getOperator().getName());
                if (called != null && !called.signature().deterministic()) {
                    throw SqlErrors.unsupported(
                            "argument " + (place + 1) + " of '" + function.name()
                                    + "' would be another value at each place where the function uses it",
                            "give a value that stays the same",
                            call.getParserPosition());
                }
                return super.visit(call);
            }
        });
    }

    /** Returns a value whose columns mean within the function's query what they mean where it is called. */
    private SqlNode seen(SqlNode value) {
        SqlNode qualified = value.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier identifier) {
                SqlIdentifier name = identifier.isSimple() ? qualified(identifier) : identifier;
                refuseCaptured(name);
                return name;
            }
        });
        return qualified == null ? value : qualified;
    }

    private SqlIdentifier qualified(SqlIdentifier column) {
        List<String> relations = before.stream().flatMap(CallArguments::names).toList();
        if (relations.size() != 1) {
            throw SqlErrors.invalid(
                    "'" + column.getSimple() + "' as an argument of '" + function.name()
                            + "' does not say whose column it is",
                    before.isEmpty()
                            ? "name a relation that stands before the function: FROM t, LATERAL " + function.name()
                                    + "(t." + column.getSimple() + ")"
                            : "write it with its relation: t." + column.getSimple(),
                    column.getParserPosition());
        }
        return new SqlIdentifier(List.of(relations.getFirst(), column.getSimple()), column.getParserPosition());
    }

    private static Stream<String> names(SqlNode from) {
        return switch (from) {
            case SqlIdentifier name -> Stream.of(name.names.getLast());
            case SqlCall call ->
                switch (call.getKind()) {
                    case JOIN ->
                        call.getOperandList().stream()
                                .filter(part -> part instanceof SqlIdentifier || part instanceof SqlCall)
                                .flatMap(CallArguments::names);
                    case AS -> names(call.operand(1));
                    case TABLE_REF, SNAPSHOT, TABLESAMPLE -> names(call.operand(0));
                    default -> Stream.empty();
                };
            default -> Stream.empty();
        };
    }

    private void refuseCaptured(SqlIdentifier column) {
        String relation = column.names.get(column.names.size() - 2);
        if (function.code() instanceof OfRows rows
                && Stream.concat(
                                DeclaredNames.of(FunctionQuery.parsed(rows.query())).stream(),
                                rows.functions().stream())
                        .anyMatch(relation::equalsIgnoreCase)) {
            throw SqlErrors.invalid(
                    "within '" + function.name() + "', '" + relation + "' is another relation",
                    "give yours another name with AS, and write that in the argument",
                    column.getParserPosition());
        }
    }
}
