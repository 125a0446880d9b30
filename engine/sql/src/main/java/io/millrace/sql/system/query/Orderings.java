package io.millrace.sql.system.query;

import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Reads the keys of an ORDER BY. */
final class Orderings {

    private Orderings() {}

    /**
     * Reads one key.
     *
     * @param compile compiles what is left when direction and place of NULLs are taken away
     */
    static Ordering of(SqlNode node, Function<SqlNode, Expression> compile) {
        SqlNode key = node;
        boolean descending = false;
        Boolean nullsFirst = null;
        while (key instanceof SqlCall call && modifies(call.getKind())) {
            switch (call.getKind()) {
                case DESCENDING -> descending = true;
                case NULLS_FIRST -> nullsFirst = true;
                default -> nullsFirst = false;
            }
            key = call.operand(0);
        }
        return new Ordering(compile.apply(key), descending, nullsFirst == null ? descending : nullsFirst);
    }

    private static boolean modifies(SqlKind kind) {
        return kind == SqlKind.DESCENDING || kind == SqlKind.NULLS_FIRST || kind == SqlKind.NULLS_LAST;
    }
}
