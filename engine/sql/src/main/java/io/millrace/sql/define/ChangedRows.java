package io.millrace.sql.define;

import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The query that finds the rows which an UPDATE or a DELETE means. */
final class ChangedRows {

    private ChangedRows() {}

    static SqlSelect query(
            List<SqlNode> items,
            SqlNode table,
            @Nullable SqlIdentifier alias,
            @Nullable SqlNode others,
            @Nullable SqlNode where,
            SqlParserPos pos) {
        SqlNode target = alias == null ? table : SqlStdOperatorTable.AS.createCall(pos, table, alias);
        SqlNode from = others == null ? target : joined(target, others, pos);
        return new SqlSelect(
                pos, null, new SqlNodeList(items, pos), from, where, null, null, null, null, null, null, null, null);
    }

    private static SqlNode joined(SqlNode target, SqlNode others, SqlParserPos pos) {
        return new SqlJoin(
                pos,
                target,
                SqlLiteral.createBoolean(false, pos),
                JoinType.COMMA.symbol(pos),
                others,
                JoinConditionType.NONE.symbol(pos),
                null);
    }
}
