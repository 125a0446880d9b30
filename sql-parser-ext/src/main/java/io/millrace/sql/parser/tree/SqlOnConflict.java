package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** {@code ON CONFLICT [(columns)] DO NOTHING | DO UPDATE SET … [WHERE …]}. */
public final class SqlOnConflict extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("ON CONFLICT", SqlKind.OTHER);

    private final @Nullable SqlNodeList key;
    private final @Nullable SqlNodeList columns;
    private final @Nullable SqlNodeList values;
    private final @Nullable SqlNode where;

    /** @param columns null for DO NOTHING */
    public SqlOnConflict(
            SqlParserPos pos,
            @Nullable SqlNodeList key,
            @Nullable SqlNodeList columns,
            @Nullable SqlNodeList values,
            @Nullable SqlNode where) {
        super(pos);
        this.key = key;
        this.columns = columns;
        this.values = values;
        this.where = where;
    }

    /** Returns the columns in which rows must differ, or null where it does not say. */
    public @Nullable List<SqlIdentifier> key() {
        return key == null ? null : key.stream().map(SqlIdentifier.class::cast).toList();
    }

    /** Returns the columns that are set; none where nothing is to be done. */
    public List<SqlIdentifier> columns() {
        return columns == null
                ? List.of()
                : columns.stream().map(SqlIdentifier.class::cast).toList();
    }

    /** Returns what the columns are set to. */
    public List<SqlNode> values() {
        return values == null
                ? List.of()
                : values.getList().stream().map(SqlNode.class::cast).toList();
    }

    /** Returns which rows are changed, or null for all. */
    public @Nullable SqlNode where() {
        return where;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(key, columns, values, where);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("ON CONFLICT");
        if (key != null) {
            Writing.list(writer, key);
        }
        if (columns == null) {
            writer.keyword("DO NOTHING");
            return;
        }
        writer.keyword("DO UPDATE SET");
        Writing.assignments(writer, columns(), values());
        if (where != null) {
            writer.keyword("WHERE");
            where.unparse(writer, 0, 0);
        }
    }
}
