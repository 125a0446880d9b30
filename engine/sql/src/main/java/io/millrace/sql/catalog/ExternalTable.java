package io.millrace.sql.catalog;

import io.millrace.plan.Rowtime;
import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.type.DataType.RowType;

/**
 * Files, a table of Apache Iceberg, or one of another database, that are read as a table.
 *
 * @param name its name, or the URL where a statement names the files themselves
 * @param columns names and types of its columns
 * @param rowtime which time its rows have in queries that go on
 * @param url which files it is made of, which table it is, or which database has it
 * @param options how they are reached and read
 * @param declared whether the columns are what somebody has said, and not what the files have
 */
public record ExternalTable(
        String name, RowType columns, Rowtime rowtime, String url, Options options, boolean declared) {

    /** The option that has new files looked for. */
    public static final String WATCH_INTERVAL = "watch_interval";

    /** Returns a relation whose rows have the time of their arrival. */
    public static ExternalTable of(String name, RowType columns, String url, Options options, boolean declared) {
        return new ExternalTable(name, columns, new Rowtime.Arrival(), url, options, declared);
    }

    /** Returns it with the columns that were found. */
    public ExternalTable found(RowType found, Options optionsThen) {
        return new ExternalTable(name, found, rowtime, url, optionsThen, true);
    }

    /** Returns it with another time of its rows. */
    public ExternalTable with(Rowtime time) {
        return new ExternalTable(name, columns, time, url, options, declared);
    }

    /** Returns what it is made of, without what nobody should see. */
    public String shownUrl() {
        return ShownUrl.of(url);
    }

    /** Returns it with its passwords and keys hidden, for people. */
    public ExternalTable withoutSecrets() {
        return new ExternalTable(name, columns, rowtime, shownUrl(), options.withoutSecrets(), declared);
    }

    /** Returns whether it is a table of another database. */
    public boolean ofDatabase() {
        return url.startsWith("jdbc:");
    }

    /** Returns whether new files are looked for, so that queries that go on can read it. */
    public boolean watched() {
        return options.has(WATCH_INTERVAL);
    }

    /** Returns whether it is a table of Apache Iceberg. */
    public boolean ofIceberg() {
        return isIceberg(url);
    }

    /** Returns whether a URL names a table of Apache Iceberg. */
    public static boolean isIceberg(String url) {
        return url.startsWith("iceberg:");
    }

    /** Returns whether what stands in FROM is a URL, and no name. */
    public static boolean isUrl(String name) {
        return name.contains("://") || name.startsWith("jdbc:") || isIceberg(name);
    }
}
