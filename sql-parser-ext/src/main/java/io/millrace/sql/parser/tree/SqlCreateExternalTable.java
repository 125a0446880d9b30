package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** {@code CREATE EXTERNAL TABLE name [(columns, watermark)] FROM 'url' WITH (options)}. */
public final class SqlCreateExternalTable extends SqlCreate {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("CREATE EXTERNAL TABLE", SqlKind.OTHER_DDL);

    private final SqlIdentifier name;
    private final SqlNodeList columns;
    private final @Nullable SqlNode watermark;
    private final SqlNode url;
    private final SqlNodeList options;

    public SqlCreateExternalTable(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            SqlNodeList columns,
            @Nullable SqlNode watermark,
            SqlNode url,
            SqlNodeList options) {
        super(OPERATOR, pos, replace, ifNotExists);
        this.name = name;
        this.columns = columns;
        this.watermark = watermark;
        this.url = url;
        this.options = options;
    }

    public boolean ifNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** Returns the columns declared, none where the files are to say. */
    public List<SqlColumn> columns() {
        return columns.stream().map(SqlColumn.class::cast).toList();
    }

    public @Nullable SqlWatermark watermark() {
        return (SqlWatermark) watermark;
    }

    public String url() {
        return String.valueOf(((SqlLiteral) url).toValue());
    }

    public List<SqlOption> options() {
        return options.stream().map(SqlOption.class::cast).toList();
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(name, columns, watermark, url, options);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        Writing.create(writer, getReplace(), "EXTERNAL TABLE", ifNotExists, name);
        Writing.columns(writer, columns, watermark);
        writer.keyword("FROM");
        url.unparse(writer, 0, 0);
        Writing.options(writer, options);
    }
}
