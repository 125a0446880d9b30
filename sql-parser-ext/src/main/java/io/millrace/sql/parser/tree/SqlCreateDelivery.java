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
import org.jspecify.annotations.Nullable;

/** {@code CREATE DELIVERY name FROM stream | AS query TO 'url' WITH (options)}. */
public final class SqlCreateDelivery extends SqlCreate {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("CREATE DELIVERY", SqlKind.OTHER_DDL);

    private final SqlIdentifier name;
    private final SqlNode source;
    private final SqlNode url;
    private final SqlNodeList options;

    public SqlCreateDelivery(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            SqlNode source,
            SqlNode url,
            SqlNodeList options) {
        super(OPERATOR, pos, replace, ifNotExists);
        this.name = name;
        this.source = source;
        this.url = url;
        this.options = options;
    }

    public boolean ifNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** Returns the stream after FROM, or null where there is a query. */
    public @Nullable SqlIdentifier stream() {
        return source instanceof SqlIdentifier stream ? stream : null;
    }

    /** Returns the query after AS, or null where there is a stream. */
    public @Nullable SqlNode query() {
        return source instanceof SqlIdentifier ? null : source;
    }

    public String url() {
        return String.valueOf(((SqlLiteral) url).toValue());
    }

    public List<SqlOption> options() {
        return options.stream().map(SqlOption.class::cast).toList();
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, source, url, options);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        Writing.create(writer, getReplace(), "DELIVERY", ifNotExists, name);
        writer.keyword(source instanceof SqlIdentifier ? "FROM" : "AS");
        source.unparse(writer, 0, 0);
        writer.keyword("TO");
        url.unparse(writer, 0, 0);
        Writing.options(writer, options);
    }
}
