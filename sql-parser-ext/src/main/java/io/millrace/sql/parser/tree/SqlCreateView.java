package io.millrace.sql.parser.tree;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE VIEW name [(columns)] AS query}: a query under a name, put in the place of it. */
public final class SqlCreateView extends SqlCreateQuery {

    public SqlCreateView(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            @Nullable SqlNodeList columns,
            SqlNode query) {
        super("VIEW", SqlKind.CREATE_VIEW, pos, replace, ifNotExists, name, columns, query);
    }
}
