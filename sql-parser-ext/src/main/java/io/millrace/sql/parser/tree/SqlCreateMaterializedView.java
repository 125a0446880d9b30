package io.millrace.sql.parser.tree;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE MATERIALIZED VIEW name [(columns)] AS query}: what a query answers, kept up to date. */
public final class SqlCreateMaterializedView extends SqlCreateQuery {

    public SqlCreateMaterializedView(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            @Nullable SqlNodeList columns,
            SqlNode query) {
        super("MATERIALIZED VIEW", SqlKind.CREATE_MATERIALIZED_VIEW, pos, replace, ifNotExists, name, columns, query);
    }
}
