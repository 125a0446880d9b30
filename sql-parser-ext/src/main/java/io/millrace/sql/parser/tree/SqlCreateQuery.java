package io.millrace.sql.parser.tree;

import java.util.List;
import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/** {@code CREATE … name [(columns)] AS query}: a query under a name. */
public abstract sealed class SqlCreateQuery extends SqlCreate permits SqlCreateView, SqlCreateMaterializedView {

    private final String kind;
    private final SqlIdentifier name;
    private final @Nullable SqlNodeList columns;
    private final SqlNode query;

    /** @param kind what stands behind {@code CREATE} */
    SqlCreateQuery(
            String kind,
            SqlKind sqlKind,
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            @Nullable SqlNodeList columns,
            SqlNode query) {
        super(new SqlSpecialOperator("CREATE " + kind, sqlKind), pos, replace, ifNotExists);
        this.kind = kind;
        this.name = name;
        this.columns = columns;
        this.query = query;
    }

    public boolean ifNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** Returns the names of its columns, or null where they are the query's. */
    public @Nullable List<SqlIdentifier> columns() {
        return columns == null
                ? null
                : columns.stream().map(SqlIdentifier.class::cast).toList();
    }

    public SqlNode query() {
        return query;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return ImmutableNullableList.of(name, columns, query);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        Writing.create(writer, getReplace(), kind, ifNotExists, name);
        if (columns != null) {
            Writing.list(writer, columns);
        }
        writer.keyword("AS");
        query.unparse(writer, 0, 0);
    }
}
