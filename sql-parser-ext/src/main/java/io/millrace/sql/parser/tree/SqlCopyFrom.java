package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code COPY stream [(columns)] FROM 'url' WITH (options)}. */
public final class SqlCopyFrom extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("COPY", SqlKind.OTHER);

    private final SqlIdentifier target;
    private final SqlNodeList columns;
    private final SqlNode url;
    private final SqlNodeList options;

    public SqlCopyFrom(SqlParserPos pos, SqlIdentifier target, SqlNodeList columns, SqlNode url, SqlNodeList options) {
        super(pos);
        this.target = target;
        this.columns = columns;
        this.url = url;
        this.options = options;
    }

    public SqlIdentifier target() {
        return target;
    }

    /** Returns the columns named, none for all. */
    public List<String> columns() {
        return columns.stream()
                .map(column -> ((SqlIdentifier) column).getSimple())
                .toList();
    }

    public String url() {
        return String.valueOf(((SqlLiteral) url).toValue());
    }

    public List<SqlOption> options() {
        return options.stream().map(SqlOption.class::cast).toList();
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(target, columns, url, options);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("COPY");
        target.unparse(writer, 0, 0);
        if (!columns.isEmpty()) {
            columns.unparse(writer, 1, 1);
        }
        writer.keyword("FROM");
        url.unparse(writer, 0, 0);
        Writing.options(writer, options);
    }
}
