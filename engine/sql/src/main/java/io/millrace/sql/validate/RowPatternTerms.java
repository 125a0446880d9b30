package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.function.MatchFunctions;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Conditions and measures as Calcite can check them: {@code A.*} is no column to it. */
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
        return super.visit(call);
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
