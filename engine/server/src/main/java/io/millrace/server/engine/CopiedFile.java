package io.millrace.server.engine;

import io.millrace.server.file.FileName;
import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.StoredFile;
import io.millrace.sql.statement.Statement.CopyFiles;

/**
 * A file whose rows go into a stream.
 *
 * @param statement what says how it is read
 * @param factory of the store, whose options are among those of the statement
 * @param store where the file is, which outlives this
 * @param url where it is, for people and as the name of the writer that it is
 * @param stored it in its store
 */
record CopiedFile(CopyFiles statement, ObjectStoreFactory factory, ObjectStore store, String url, StoredFile stored) {

    String format() {
        return FileName.format(statement.options(), stored.name());
    }

    boolean isCsv() {
        return format().equals("csv");
    }

    /** Returns whether the first of its lines is none of the records. */
    boolean header() {
        return statement.options().getBoolean("header", false);
    }

    /** Returns the options of its format. */
    Options formatOptions() {
        return statement
                .options()
                .without("format", "header")
                .without(factory.options().toArray(String[]::new));
    }
}
