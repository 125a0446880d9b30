package io.millrace.sql.validate;

import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** NATURAL JOIN as JOIN … USING: Calcite would join by ROWTIME too, which every stream has. */
final class NaturalJoins {

    private static final int NATURAL = 1;
    private static final int CONDITION_TYPE = 4;
    private static final int CONDITION = 5;

    private NaturalJoins() {}

    /**
     * Says by which columns a natural join is, in place; where there are none, it pairs all rows.
     *
     * @param left columns that the left side has by its own words, in their order
     */
    static void say(SqlJoin join, Set<String> left, Set<String> right) {
        SqlParserPos pos = join.getParserPosition();
        SqlNodeList columns = new SqlNodeList(pos);
        for (String column : left) {
            if (right.contains(column)) {
                columns.add(new SqlIdentifier(column, pos));
            }
        }
        join.setOperand(NATURAL, SqlLiteral.createBoolean(false, pos));
        JoinConditionType type = columns.isEmpty() ? JoinConditionType.ON : JoinConditionType.USING;
        join.setOperand(CONDITION_TYPE, type.symbol(pos));
        join.setOperand(CONDITION, columns.isEmpty() ? SqlLiteral.createBoolean(true, pos) : columns);
    }
}
