package io.millrace.server.engine;

import io.millrace.runtime.RejectedRows;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.server.file.FilePattern;
import io.millrace.server.file.WatchOptions;
import io.millrace.server.relation.ExternalRelations;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.statement.Statement.CopyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code COPY stream FROM 'url'}: puts the rows of files into a stream, those of each file once however often the
 * statement is given.
 *
 * <p>A file is a writer of the stream with its URL for a name. Its rows go in {@link CopySteps}, which
 * are the same whenever the file is read, and shards take no step of a writer twice. A copy that was ended by
 * a crash is gone on with by giving the statement again. Safe for use by several threads.
 */
final class FileCopy {

    private final LiveCatalog catalog;
    private final EngineStreams streams;
    private final Formats formats;
    private final ExternalRelations relations;
    private final ErrorStream errors;
    private final CopyOpener opener;
    private final FunctionRights rights;
    private final InstantSource clock;

    FileCopy(
            LiveCatalog catalog,
            EngineStreams streams,
            Formats formats,
            ExternalRelations relations,
            ErrorStream errors,
            ExpressionEngine expressions,
            ClassCompiler compiler,
            FunctionRights rights,
            InstantSource clock) {
        this.catalog = catalog;
        this.streams = streams;
        this.formats = formats;
        this.relations = relations;
        this.errors = errors;
        this.opener = new CopyOpener(formats, expressions, compiler, clock);
        this.rights = rights;
        this.clock = clock;
    }

    /**
     * Copies all files that there are now; returns when their rows are durable.
     *
     * @throws MillraceException {@code ACCESS_DENIED}, {@code UNDEFINED_NAME} where there is no such stream or no file,
     *     {@code TYPE_MISMATCH} where a file's columns are of no use, {@code CANCELLED}, and what formats and stores throw
     */
    String copy(CopyFiles statement, String user, UnderWay underWay) {
        rights.requireFiles(user);
        StreamDefinition target = catalog.stream(statement.target());
        if (target == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "there is no stream '" + statement.target() + "'",
                    "files are copied into streams; create it with the columns you want of them");
        }
        FilePattern pattern = FilePattern.of(statement.url());
        ObjectStoreFactory factory = formats.store(pattern.folder());
        long rows = 0;
        try (ObjectStore store =
                factory.openToRead(pattern.folder(), statement.options().only(factory.options()))) {
            for (StoredFile file : files(statement, pattern, store)) {
                CopiedFile copied = new CopiedFile(statement, factory, store, pattern.urlOf(file.name()), file);
                rows += copy(statement, copied, target, underWay);
            }
        }
        return "COPY " + rows;
    }

    /** Returns the files as they are now: one that is written again before its turn comes is not read half and half. */
    private static List<StoredFile> files(CopyFiles statement, FilePattern pattern, ObjectStore store) {
        List<StoredFile> files;
        try {
            if (pattern.exact()) {
                // A look at all that lies below the folder would be for nothing, and some of it may not be ours to see.
                StoredFile only = store.find(pattern.rest());
                files = only == null ? List.of() : List.of(only);
            } else {
                files = store.search(
                        new FileSearch(pattern.prefix(), pattern.depth(), pattern::matches, WatchTask.FILES_MAX));
            }
        } catch (IOException e) {
            throw unreadable(statement.url(), e);
        }
        if (files.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME, "there is no file '" + ShownUrl.of(statement.url()) + "'");
        }
        return files;
    }

    private static MillraceException unreadable(String url, IOException e) {
        return new MillraceException(
                ErrorCode.IO_ERROR,
                "'" + ShownUrl.of(url) + "' cannot be read: " + (e.getMessage() == null ? e : e.getMessage()),
                "give the statement again when it can: what is in the stream already does not come twice",
                e);
    }

    private long copy(CopyFiles statement, CopiedFile file, StreamDefinition target, UnderWay underWay) {
        List<Integer> places = BulkColumns.places(
                "stream '" + target.name() + "'",
                target.columns(),
                statement.columns(),
                i -> target.columns().field(i).nullable());
        RowType wanted =
                new RowType(places.stream().map(target.columns()::field).toList());
        // What one stream cannot use another can, and one that is made anew is told again.
        RejectedRows reports =
                errors.of("", "copy " + file.url() + " into " + target.name() + " " + streams.created(target.name()));
        return copy(file, target, streams.log(target.name()), wanted, places, reports, underWay);
    }

    /**
     * Opens what watches an external table for new files.
     *
     * @param rows the table's rows as a stream
     * @param log where they go
     * @param directory keeps which files are read
     */
    TaskThread.Task watch(
            ExternalTable table,
            WatchOptions watch,
            StreamDefinition rows,
            StreamLog log,
            String name,
            Path directory) {
        if (relations.has(table.url())) {
            return follow(table, watch, rows, log, directory);
        }
        FilePattern pattern = FilePattern.of(table.url());
        ObjectStoreFactory factory = formats.store(pattern.folder());
        CopyFiles statement = new CopyFiles(
                rows.name(),
                List.of(),
                table.url(),
                table.options().without(WatchOptions.NAMES.toArray(String[]::new)));
        List<Integer> places = IntStream.range(0, rows.columns().size()).boxed().toList();
        ObjectStore store =
                factory.openToRead(pattern.folder(), statement.options().only(factory.options()));
        try {
            return new WatchTask(
                    pattern,
                    watch,
                    store,
                    WatchLedger.open(directory),
                    (from, url, file, underWay) -> {
                        CopiedFile copied = new CopiedFile(statement, factory, from, url, file);
                        checkHeader(copied, rows.columns());
                        RejectedRows reports = errors.of(table.name(), "watch " + name + " " + url);
                        copy(copied, rows, log, rows.columns(), places, reports, underWay);
                    },
                    (step, entries) -> errors.write(table.name(), entries),
                    clock);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private VersionsTask follow(
            ExternalTable table, WatchOptions watch, StreamDefinition rows, StreamLog log, Path directory) {
        List<Integer> places = IntStream.range(0, rows.columns().size()).boxed().toList();
        return new VersionsTask(
                new VersionsTask.ExternalTableRows(
                        table.name(),
                        rows.columns(),
                        writer -> new StreamSink(
                                log, rows, streams.bounds(rows.name()), "copy " + writer, rows.columns(), places, -1)),
                watch,
                () -> relations.open(table),
                WatchLedger.open(directory),
                (step, entries) -> errors.write(table.name(), entries),
                clock);
    }

    private void checkHeader(CopiedFile file, RowType columns) {
        try {
            opener.checkHeader(file, columns);
        } catch (IOException e) {
            throw unreadable(file.stored().name(), e);
        }
    }

    private long copy(
            CopiedFile file,
            StreamDefinition target,
            StreamLog log,
            RowType wanted,
            List<Integer> places,
            RejectedRows reports,
            UnderWay underWay) {
        String url = file.url();
        CopyRejections rejections = new CopyRejections(url);
        try (StreamSink sink =
                        new StreamSink(log, target, streams.bounds(target.name()), "copy " + url, wanted, places, -1);
                CopiedRows rows = opener.open(file, wanted, rejections)) {
            long count = write(rows, new CopySteps(wanted, sink, reports), rejections, underWay);
            file.store().check(file.stored());
            return count;
        } catch (IOException e) {
            throw unreadable(url, e);
        } catch (MillraceException e) {
            throw new MillraceException(e.code(), "'" + url + "': " + e.getMessage(), e.hint(), e);
        }
    }

    private static long write(CopiedRows rows, CopySteps steps, CopyRejections rejections, UnderWay underWay)
            throws IOException {
        long count = 0;
        for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
            underWay.check();
            steps.add(batch, rejections);
            count += batch.selectedCount();
        }
        steps.end(rejections);
        return count;
    }
}
