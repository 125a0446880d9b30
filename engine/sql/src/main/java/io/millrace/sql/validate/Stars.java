package io.millrace.sql.validate;

import io.millrace.spi.error.ErrorCode;
import io.millrace.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** {@code *}, {@code * EXCLUDE (…)} and {@code * REPLACE (…)} in SELECT. */
final class Stars {

    private Stars() {}

    static boolean is(SqlNode item) {
        return item instanceof SqlStarExclude
                || item instanceof SqlStarReplace
                || (item instanceof SqlIdentifier name && name.isStar());
    }

    /** Returns the star itself. */
    static SqlNode plain(SqlNode item) {
        return item instanceof SqlCall call ? call.operand(0) : item;
    }

    /**
     * Returns the columns without those that are excluded, others replaced.
     *
     * @param columns what the star itself stands for
     */
    static List<SqlNode> changed(SqlNode item, List<SqlNode> columns) {
        List<SqlNode> changed = new ArrayList<>(columns);
        if (item instanceof SqlStarExclude exclude) {
            for (SqlNode name : exclude.getExcludeList()) {
                if (!changed.removeIf(column -> is(column, (SqlIdentifier) name))) {
                    throw unknown((SqlIdentifier) name);
                }
            }
        } else if (item instanceof SqlStarReplace replace) {
            for (SqlNode node : (SqlNodeList) replace.operand(1)) {
                replace(changed, (SqlCall) node);
            }
        }
        return changed;
    }

    private static void replace(List<SqlNode> columns, SqlCall as) {
        SqlIdentifier name = as.operand(1);
        boolean found = false;
        for (int i = 0; i < columns.size(); i++) {
            if (is(columns.get(i), name)) {
                found = true;
                columns.set(
                        i,
                        SqlStdOperatorTable.AS.createCall(
                                as.getParserPosition(),
                                as.operand(0),
                                new SqlIdentifier(name.names.getLast(), name.getParserPosition())));
            }
        }
        if (!found) {
            throw unknown(name);
        }
    }

    private static boolean is(SqlNode column, SqlIdentifier name) {
        SqlNode value = column.getKind() == SqlKind.AS ? ((SqlCall) column).operand(name.isSimple() ? 1 : 0) : column;
        if (!(value instanceof SqlIdentifier found)) {
            return false;
        }
        int count = name.names.size();
        int from = found.names.size() - count;
        return from >= 0
                && String.join(".", found.names.subList(from, found.names.size()))
                        .equalsIgnoreCase(String.join(".", name.names));
    }

    private static RuntimeException unknown(SqlIdentifier name) {
        return SqlErrors.at(
                ErrorCode.UNDEFINED_COLUMN,
                "no column named '" + name + "' in the star",
                "see DESCRIBE for the columns there are",
                name.getParserPosition());
    }
}
