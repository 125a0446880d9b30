package io.millrace.server.engine;

import io.millrace.server.file.ExternalFiles;
import io.millrace.server.relation.ExternalRelations;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.ForwardingCatalog;
import org.jspecify.annotations.Nullable;

/** What the statements of a user see: what everybody does, and the files that the user may read, by their URLs. */
final class SessionCatalog extends ForwardingCatalog {

    private final ExternalFiles files;
    private final ExternalRelations others;
    private final FunctionRights rights;
    private final String user;

    SessionCatalog(Catalog catalog, ExternalFiles files, ExternalRelations others, FunctionRights rights, String user) {
        super(catalog);
        this.files = files;
        this.others = others;
        this.rights = rights;
        this.user = user;
    }

    @Override
    public @Nullable ExternalTable externalTable(String nameOrUrl) {
        if (!ExternalTable.isUrl(nameOrUrl)) {
            return super.externalTable(nameOrUrl);
        }
        rights.requireFiles(user);
        if (others.namesTable(nameOrUrl)) {
            return others.look(nameOrUrl);
        }
        if (others.has(nameOrUrl)) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "a URL of a database does not say which of its tables is meant",
                    "give the table a name: CREATE EXTERNAL TABLE name FROM 'jdbc:…' WITH (table = 'schema.table')");
        }
        return files.look(nameOrUrl, Options.NONE);
    }
}
