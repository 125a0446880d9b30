package io.millrace.sql.parser.tree;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code LIMIT} and {@code OFFSET} that stand behind {@code EMIT} and mean what they mean before it. */
public final class LimitBehind {

    private LimitBehind() {}

    /**
     * Returns a query with the limit.
     *
     * @param limitPos where the limit stands
     * @param fetch the most rows; null where {@code LIMIT ALL} says nothing
     */
    public static SqlNode of(SqlParserPos limitPos, SqlNode query, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
        SqlParserPos pos = query.getParserPosition();
        if (!(query instanceof SqlOrderBy ordered)) {
            return new SqlOrderBy(pos, query, SqlNodeList.EMPTY, offset, fetch);
        }
        if ((ordered.fetch != null && fetch != null) || (ordered.offset != null && offset != null)) {
            throw MillraceSyntax.secondLimit(limitPos);
        }
        return new SqlOrderBy(
                pos,
                ordered.query,
                ordered.orderList,
                offset == null ? ordered.offset : offset,
                fetch == null ? ordered.fetch : fetch);
    }
}
