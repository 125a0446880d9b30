package io.millrace.sql.define;

import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.error.UnknownNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Which columns an INSERT names. */
final class InsertedColumns {

    private InsertedColumns() {}

    /**
     * Returns the places of the columns that get values, in the order of the statement; ROWTIME is none.
     *
     * @param row the target's columns
     * @param optional which columns may be left out
     */
    static List<Integer> places(SqlInsert insert, RowType row, IntPredicate optional) {
        SqlNodeList named = insert.getTargetColumnList();
        if (named == null || named.isEmpty()) {
            return IntStream.range(0, row.size()).boxed().toList();
        }
        List<Integer> columns = places(named, row);
        refuseMissing(row, new HashSet<>(columns), optional, named);
        return columns;
    }

    private static List<Integer> places(SqlNodeList named, RowType row) {
        List<Integer> columns = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (SqlNode node : named) {
            String name = ((SqlIdentifier) node).names.getLast();
            int place = Inserts.find(row, name);
            if (place < 0 && !name.equalsIgnoreCase(SystemColumns.ROWTIME.name())) {
                throw UnknownNames.column(
                        name, row.fields().stream().map(Field::name).toList(), node.getParserPosition());
            }
            if (place >= 0 && !seen.add(place)) {
                throw SqlErrors.invalid(
                        "column '" + name + "' is named twice", "name each column once", node.getParserPosition());
            }
            if (place >= 0) {
                columns.add(place);
            }
        }
        return List.copyOf(columns);
    }

    private static void refuseMissing(RowType row, Set<Integer> named, IntPredicate optional, SqlNodeList list) {
        for (int i = 0; i < row.size(); i++) {
            if (!named.contains(i) && !optional.test(i)) {
                throw SqlErrors.at(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "column '" + row.field(i).name() + "' is NOT NULL and gets no value",
                        "add it to the columns",
                        list.getParserPosition());
            }
        }
    }
}
