package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.MatchFunctions;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Conditions and measures as Calcite can check them: {@code A.*} is no column to it, and what is in a list is equal to one of
 * its values.
 */
final class RowPatternTerms extends SqlShuttle {

    private RowPatternTerms() {}

    static SqlNode prepared(SqlNode expression) {
        SqlNode prepared = expression.accept(new RowPatternTerms());
        return prepared == null ? expression : prepared;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        boolean query = call.isA(SqlKind.QUERY);
        if (query || call.getKind() == SqlKind.OVER) {
            throw SqlErrors.unsupported(
                    (query ? "a subquery" : call.getKind().name()) + " in MATCH_RECOGNIZE is not supported",
                    "join or compute it below: FROM (SELECT …) MATCH_RECOGNIZE (…)",
                    call.getParserPosition());
        }
        if (call.getOperator().getName().equalsIgnoreCase("CLASSIFIER")
                && call.operandCount() == 1
                && call.operand(0) instanceof SqlIdentifier variable) {
            return MatchFunctions.CLASSIFIER_OF.createCall(
                    call.getParserPosition(), name(variable.getSimple(), variable.getParserPosition()));
        }
        return super.visit(call) instanceof SqlCall visited ? withoutList(visited) : null;
    }

    private static SqlNode withoutList(SqlCall call) {
        boolean in = call.getKind() == SqlKind.IN;
        if ((!in && call.getKind() != SqlKind.NOT_IN) || !(call.operand(1) instanceof SqlNodeList values)) {
            return call;
        }
        SqlOperator comparison = in ? SqlStdOperatorTable.EQUALS : SqlStdOperatorTable.NOT_EQUALS;
        List<SqlNode> tests = new ArrayList<>();
        values.forEach(value -> tests.add(comparison.createCall(call.getParserPosition(), call.operand(0), value)));
        return joined(in ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND, tests);
    }

    /** Halves the tests, so that a long list makes no deep tree. */
    private static SqlNode joined(SqlOperator operator, List<SqlNode> tests) {
        if (tests.size() == 1) {
            return tests.getFirst();
        }
        int half = tests.size() / 2;
        return operator.createCall(
                tests.getFirst().getParserPosition(),
                joined(operator, tests.subList(0, half)),
                joined(operator, tests.subList(half, tests.size())));
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier column) {
        if (!column.isStar() || column.names.size() != 2) {
            return column;
        }
        return MatchFunctions.ROWS_OF.createCall(
                column.getParserPosition(), name(column.names.getFirst(), column.getParserPosition()));
    }

    private static SqlNode name(String variable, SqlParserPos pos) {
        return SqlLiteral.createCharString(variable, pos);
    }
}
