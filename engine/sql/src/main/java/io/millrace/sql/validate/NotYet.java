package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Refuses what is good SQL and not built, where the statement says it. */
final class NotYet {

    private NotYet() {}

    static void refuse(SqlNode query) {
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                check(call);
                return super.visit(call);
            }
        });
    }

    private static void check(SqlCall call) {
        switch (call.getKind()) {
            case JOIN ->
                throw SqlErrors.unsupported(
                        "joins are not supported yet",
                        "read one stream at a time, or bring the streams together with UNION ALL",
                        ((SqlJoin) call).getRight().getParserPosition());
            case ROLLUP, CUBE, GROUPING_SETS ->
                throw SqlErrors.unsupported(
                        call.getKind().name().replace('_', ' ') + " is not supported yet",
                        "write one query for each grouping and bring them together with UNION ALL",
                        call.getParserPosition());
            case INTERSECT, EXCEPT ->
                throw SqlErrors.unsupported(
                        call.getKind() + " is not supported yet",
                        "use UNION ALL and GROUP BY",
                        call.getParserPosition());
            case IN, NOT_IN, EXISTS, SCALAR_QUERY, SOME, ALL -> refuseSubquery(call);
            case SELECT -> refuseScalars((SqlSelect) call);
            default -> {}
        }
    }

    private static void refuseSubquery(SqlCall call) {
        for (SqlNode operand : call.getOperandList()) {
            if (operand != null && operand.isA(SqlKind.QUERY)) {
                throw SqlErrors.unsupported(
                        "subqueries in expressions are not supported yet",
                        "write the values as a list, or put the subquery into FROM",
                        operand.getParserPosition());
            }
        }
    }

    private static void refuseScalars(SqlSelect select) {
        SqlNode where = select.getWhere();
        if (where != null) {
            where.accept(new SqlBasicVisitor<Void>() {
                @Override
                public Void visit(SqlCall call) {
                    refuseSubquery(call);
                    return super.visit(call);
                }
            });
        }
    }
}
