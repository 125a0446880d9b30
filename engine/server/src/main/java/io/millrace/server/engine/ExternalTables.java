package io.millrace.server.engine;

import io.millrace.server.file.ExternalFiles;
import io.millrace.server.file.WatchOptions;
import io.millrace.server.relation.ExternalRelations;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.define.WatermarkClause;

/** Makes external tables of what statements say of them. Safe for use by several threads. */
final class ExternalTables {

    private final ExternalFiles files;
    private final ExternalRelations others;
    private final FunctionRights rights;

    ExternalTables(ExternalFiles files, ExternalRelations others, FunctionRights rights) {
        this.files = files;
        this.others = others;
        this.rights = rights;
    }

    /** Returns a table with its columns, which are looked up in its files or in its database where nobody has declared them. */
    ExternalTable define(ExternalTable asked, String user) {
        rights.requireFiles(user);
        ExternalTable table;
        if (others.has(asked.url())) {
            table = others.define(asked);
        } else {
            WatchOptions.from(asked.options());
            table = files.define(asked);
        }
        return table.with(WatermarkClause.resolved(table.rowtime(), table.columns()));
    }
}
