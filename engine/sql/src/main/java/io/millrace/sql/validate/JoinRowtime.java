package io.millrace.sql.validate;

import io.millrace.spi.connector.SystemColumns;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSnapshot;
import org.jspecify.annotations.Nullable;

/** The time of the rows of a join, where it is not the query that says which of two times is meant. */
final class JoinRowtime {

    private JoinRowtime() {}

    /**
     * Returns ROWTIME of the left where each of its rows is put out once, with what the right was or is at its time;
     * null for other joins.
     *
     * @param timed whether a part of FROM has a ROWTIME
     */
    static @Nullable SqlNode of(SqlJoin join, Predicate<SqlNode> timed) {
        if (!asOf(join)) {
            return null;
        }
        SqlNode left = join.getLeft();
        while (left instanceof SqlJoin below) {
            if (!asOf(below)) {
                return null;
            }
            left = below.getLeft();
        }
        String name = name(left);
        return name == null || !timed.test(left)
                ? null
                : new SqlIdentifier(List.of(name, SystemColumns.ROWTIME.name()), join.getParserPosition());
    }

    private static boolean asOf(SqlJoin join) {
        JoinType type = join.getJoinType();
        SqlNode right = join.getRight();
        SqlNode table = right.getKind() == SqlKind.AS ? ((SqlCall) right).operand(0) : right;
        return type == JoinType.ASOF
                || type == JoinType.LEFT_ASOF
                || (table instanceof SqlSnapshot && (type == JoinType.INNER || type == JoinType.LEFT));
    }

    private static @Nullable String name(SqlNode from) {
        return switch (from) {
            case SqlIdentifier table -> table.names.getLast();
            case SqlCall as
            when as.getKind() == SqlKind.AS && as.operand(1) instanceof SqlIdentifier alias -> alias.getSimple();
            default -> null;
        };
    }
}
