package io.millrace.sql.view;

import io.millrace.spi.function.FunctionSignature.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Puts arguments in the places of a function's parameters. Nothing else in its query has the name of one: such functions
 * are not created.
 */
public final class Arguments extends SqlShuttle {

    private final List<Parameter> parameters;
    private final List<SqlNode> values;

    private Arguments(List<Parameter> parameters, List<SqlNode> values) {
        this.parameters = parameters;
        this.values = values;
    }

    /** Returns a copy of the query with an argument for each parameter. */
    public static SqlNode put(SqlNode query, List<Parameter> parameters, List<SqlNode> values) {
        SqlNode result = query.accept(new Arguments(parameters, values));
        return result == null ? query : result;
    }

    @Override
    public SqlNode visit(SqlIdentifier identifier) {
        SqlNode value = value(identifier);
        return value == null ? identifier : Placed.at(value.getParserPosition(), value);
    }

    private @Nullable SqlNode value(SqlNode node) {
        if (node instanceof SqlIdentifier name && name.isSimple()) {
            for (int i = 0; i < parameters.size(); i++) {
                if (parameters.get(i).name().equalsIgnoreCase(name.getSimple())) {
                    return values.get(i);
                }
            }
        }
        return null;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        return switch (call) {
            case SqlSelect select -> super.visit(named(select));
            case SqlCall naming
            when naming.getKind() == SqlKind.AS || naming.getKind() == SqlKind.ARGUMENT_ASSIGNMENT -> {
                List<SqlNode> operands = new ArrayList<>(naming.getOperandList());
                operands.set(0, operands.getFirst().accept(this));
                yield naming.getOperator().createCall(naming.getParserPosition(), operands);
            }
            default -> super.visit(call);
        };
    }

    /** A column that is a parameter keeps its name. */
    private SqlSelect named(SqlSelect select) {
        List<SqlNode> items = new ArrayList<>();
        boolean changed = false;
        for (SqlNode item : select.getSelectList()) {
            SqlNode value = value(item);
            changed |= value != null;
            items.add(value == null ? item : SqlStdOperatorTable.AS.createCall(value.getParserPosition(), value, item));
        }
        if (!changed) {
            return select;
        }
        SqlSelect copy = (SqlSelect) select.clone(select.getParserPosition());
        copy.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
        return copy;
    }
}
