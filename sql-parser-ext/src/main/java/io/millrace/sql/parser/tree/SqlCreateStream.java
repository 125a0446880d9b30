package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCreate;
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

/** {@code CREATE STREAM name (columns, watermark) DESCRIPTION '…' WITH (options)}. */
public final class SqlCreateStream extends SqlCreate {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("CREATE STREAM", SqlKind.OTHER_DDL);

    private final SqlIdentifier name;
    private final SqlNodeList columns;
    private final @Nullable SqlNode watermark;
    private final @Nullable SqlNode description;
    private final SqlNodeList options;

    public SqlCreateStream(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            SqlNodeList columns,
            @Nullable SqlNode watermark,
            @Nullable SqlNode description,
            SqlNodeList options) {
        super(OPERATOR, pos, replace, ifNotExists);
        this.name = name;
        this.columns = columns;
        this.watermark = watermark;
        this.description = description;
        this.options = options;
    }

    public boolean ifNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** Returns the declared columns; none where the format defines them. */
    public List<SqlColumn> columns() {
        return columns.stream().map(SqlColumn.class::cast).toList();
    }

    public @Nullable SqlWatermark watermark() {
        return (SqlWatermark) watermark;
    }

    /** Returns the text literal after DESCRIPTION. */
    public @Nullable SqlNode description() {
        return description;
    }

    public List<SqlOption> options() {
        return options.stream().map(SqlOption.class::cast).toList();
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(name, columns, watermark, description, options);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        Writing.create(writer, getReplace(), "STREAM", ifNotExists, name);
        Writing.columns(writer, columns, watermark);
        Writing.description(writer, description);
        Writing.options(writer, options);
    }
}
