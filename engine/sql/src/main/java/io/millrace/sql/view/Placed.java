package io.millrace.sql.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Copies a tree to one place of another text: what is wrong with any part of it is wrong there. */
final class Placed extends SqlShuttle {

    private final SqlParserPos pos;

    private Placed(SqlParserPos pos) {
        this.pos = pos;
    }

    static SqlNode at(SqlParserPos pos, SqlNode tree) {
        SqlNode placed = tree.accept(new Placed(pos));
        return placed == null ? tree : placed;
    }

    @Override
    public SqlNode visit(SqlLiteral literal) {
        return literal.clone(pos);
    }

    @Override
    public SqlNode visit(SqlIdentifier identifier) {
        List<SqlParserPos> parts = IntStream.range(0, identifier.names.size())
                .mapToObj(part -> identifier.isComponentQuoted(part) ? pos.withQuoting(true) : pos)
                .toList();
        return new SqlIdentifier(identifier.names, identifier.getCollation(), pos, parts);
    }

    @Override
    public SqlNode visit(SqlDataTypeSpec type) {
        return type.clone(pos);
    }

    @Override
    public SqlNode visit(SqlIntervalQualifier interval) {
        return interval.clone(pos);
    }

    @Override
    public SqlNode visit(SqlNodeList list) {
        return new SqlNodeList(placed(list.getList()), pos);
    }

    @Override
    public SqlNode visit(SqlCall call) {
        return call.getOperator()
                .createCall(
                        call.getFunctionQuantifier(),
                        pos,
                        placed(call.getOperandList()).toArray(SqlNode[]::new));
    }

    private List<@Nullable SqlNode> placed(List<? extends @Nullable SqlNode> nodes) {
        List<@Nullable SqlNode> placed = new ArrayList<>();
        for (SqlNode node : nodes) {
            placed.add(node == null ? null : node.accept(this));
        }
        return placed;
    }
}
