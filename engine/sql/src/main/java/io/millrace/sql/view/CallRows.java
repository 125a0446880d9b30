package io.millrace.sql.view;

import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.FunctionDefinition.OfRows;
import io.millrace.sql.type.MillraceTypeFactory;
import io.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * What stands for a call of a function of rows in FROM.
 *
 * <pre>
 *   (query) AS f (a, b)
 *   (SELECT CAST(f.a AS …) AS a, CAST(f.b AS …) AS b FROM (query) AS f (a, b)) AS f (a, b)
 * </pre>
 */
final class CallRows {

    private static final MillraceTypeFactory FACTORY = new MillraceTypeFactory();

    private final FunctionDefinition function;
    private final OfRows rows;
    private final SqlParserPos pos;

    CallRows(FunctionDefinition function, OfRows rows, SqlParserPos pos) {
        this.function = function;
        this.rows = rows;
        this.pos = pos;
    }

    /**
     * Returns the rows of its query.
     *
     * @param lateral whether it sees what stands before it
     */
    SqlNode of(SqlNode query, boolean lateral) {
        SqlNode given = rows.converted() ? converted(query) : query;
        return named(lateral ? SqlStdOperatorTable.LATERAL.createCall(pos, given) : given);
    }

    private SqlNode named(SqlNode query) {
        List<SqlNode> operands = new ArrayList<>();
        operands.add(query);
        operands.add(new SqlIdentifier(function.name(), pos));
        rows.columns().fields().forEach(column -> operands.add(new SqlIdentifier(column.name(), pos)));
        return SqlStdOperatorTable.AS.createCall(pos, operands);
    }

    private SqlNode converted(SqlNode query) {
        SqlNodeList items = new SqlNodeList(
                rows.columns().fields().stream().map(this::converted).toList(), pos);
        return new SqlSelect(pos, null, items, named(query), null, null, null, null, null, null, null, null, null);
    }

    private SqlNode converted(Field column) {
        SqlIdentifier given = new SqlIdentifier(List.of(function.name(), column.name()), pos);
        SqlNode type = SqlTypeUtil.convertTypeToSpec(Types.toCalcite(column.type(), true, FACTORY))
                .clone(pos);
        return SqlStdOperatorTable.AS.createCall(
                pos, SqlStdOperatorTable.CAST.createCall(pos, given, type), new SqlIdentifier(column.name(), pos));
    }
}
