package io.millrace.sql.validate;

import io.millrace.sql.error.SqlErrors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
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
            case JOIN -> refuse((SqlJoin) call);
            default -> {}
        }
    }

    /** Natural joins would be by ROWTIME too, which every stream has. */
    private static void refuse(SqlJoin join) {
        if (join.isNatural()) {
            throw SqlErrors.unsupported(
                    "NATURAL JOIN is not supported",
                    "name the columns: JOIN … USING (column)",
                    join.getRight().getParserPosition());
        }
    }
}
