package io.millrace.server.engine;

import io.millrace.runtime.RejectedRows;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.RowCopy;
import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.statement.Statement.CopyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.GZIPInputStream;

/**
 * {@code COPY stream FROM 'url'}: puts the rows of files into a stream, those of each file once however often the
 * statement is given.
 *
 * <p>A file is a writer of the stream with its URL for a name. Its rows go in steps of a fixed number of rows, so that
 * they are the same steps whenever the file is read, and shards take no step of a writer twice. A copy that was ended by
 * a crash is gone on with by giving the statement again. Safe for use by several threads.
 */
final class FileCopy {

    /** Rows of a step. Part of what is stored: with another number a file that was copied in part would come twice. */
    private static final int STEP_ROWS = 16_384;

    private static final int APPENDS_MAX = 8;
    private static final List<String> OWN_OPTIONS = List.of("format", "header");

    private final LiveCatalog catalog;
    private final EngineStreams streams;
    private final Formats formats;
    private final ErrorStream errors;
    private final ExpressionEngine expressions;
    private final ClassCompiler compiler;
    private final FunctionRights rights;
    private final InstantSource clock;

    FileCopy(
            LiveCatalog catalog,
            EngineStreams streams,
            Formats formats,
            ErrorStream errors,
            ExpressionEngine expressions,
            ClassCompiler compiler,
            FunctionRights rights,
            InstantSource clock) {
        this.catalog = catalog;
        this.streams = streams;
        this.formats = formats;
        this.errors = errors;
        this.expressions = expressions;
        this.compiler = compiler;
        this.rights = rights;
        this.clock = clock;
    }

    /**
     * Copies all files that there are now; returns when their rows are durable.
     *
     * @throws MillraceException {@code ACCESS_DENIED}, {@code UNDEFINED_NAME} where there is no such stream or no file,
     *     {@code TYPE_MISMATCH} where a file's columns are of no use, and what formats and stores throw
     */
    String copy(CopyFiles statement, String user) {
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
            List<String> files = store.list(pattern.prefix()).stream()
                    .filter(pattern::matches)
                    .toList();
            if (files.isEmpty()) {
                throw new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no file '" + statement.url() + "'");
            }
            for (String file : files) {
                rows += copy(statement, target, store, pattern.urlOf(file), file, factory);
            }
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "'" + statement.url() + "' cannot be read: " + e.getMessage(),
                    "give the statement again when it can: what is in the stream already does not come twice",
                    e);
        }
        return "COPY " + rows;
    }

    private long copy(
            CopyFiles statement,
            StreamDefinition target,
            ObjectStore store,
            String url,
            String file,
            ObjectStoreFactory factory)
            throws IOException {
        List<Integer> places = BulkColumns.places(
                "stream '" + target.name() + "'",
                target.columns(),
                statement.columns(),
                i -> target.columns().field(i).nullable());
        RowType wanted =
                new RowType(places.stream().map(target.columns()::field).toList());
        String producer = "copy " + url;
        CopyRejections rejections = new CopyRejections(url);
        RejectedRows reports = errors.of("", producer);
        try (StreamSink sink = new StreamSink(
                        streams.log(target.name()),
                        target,
                        streams.bounds(target.name()),
                        producer,
                        wanted,
                        places,
                        -1);
                CopiedRows rows = open(statement, store, file, factory, wanted, rejections)) {
            return write(rows, RowBatch.create(wanted, STEP_ROWS), sink, rejections, reports);
        } catch (MillraceException e) {
            throw new MillraceException(e.code(), "'" + url + "': " + e.getMessage(), e.hint(), e);
        }
    }

    private static long write(
            CopiedRows rows, RowBatch gathered, StreamSink sink, CopyRejections rejections, RejectedRows reports)
            throws IOException {
        Deque<CompletableFuture<?>> appends = new ArrayDeque<>();
        long step = 0;
        long count = 0;
        for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
            RowCopy.append(gathered, batch);
            count += batch.selectedCount();
            if (gathered.size() >= STEP_ROWS) {
                send(++step, gathered, sink, rejections.take(), reports, appends);
                gathered = RowBatch.create(gathered.type(), STEP_ROWS);
            }
        }
        send(++step, gathered, sink, rejections.take(), reports, appends);
        appends.forEach(FileCopy::await);
        return count;
    }

    private static void send(
            long step,
            RowBatch rows,
            StreamSink sink,
            List<RejectedEntry> rejected,
            RejectedRows reports,
            Deque<CompletableFuture<?>> appends) {
        while (appends.size() >= APPENDS_MAX) {
            await(appends.remove());
        }
        if (!rejected.isEmpty()) {
            appends.add(reports.write(step, rejected).toCompletableFuture());
        }
        if (rows.size() > 0) {
            appends.add(sink.write(step, rows, LogBatch.NO_BOUND));
        }
    }

    private static void await(CompletableFuture<?> append) {
        try {
            append.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MillraceException failure ? failure : e;
        }
    }

    private CopiedRows open(
            CopyFiles statement,
            ObjectStore store,
            String file,
            ObjectStoreFactory factory,
            RowType wanted,
            CopyRejections rejections)
            throws IOException {
        String format = format(statement.options(), file);
        Options own = statement
                .options()
                .without(OWN_OPTIONS.toArray(String[]::new))
                .without(factory.options().toArray(String[]::new));
        formats.requireAny(format);
        if (formats.isFileFormat(format)) {
            EvaluationContext context =
                    new EvaluationContext(JavaValues.micros(clock.instant()), List.of(), ZoneOffset.UTC);
            return new CopiedColumns(
                    formats.fileFormat(format).reader(store.open(file), own), wanted, expressions, context, rejections);
        }
        InputStream in = store.read(file);
        boolean header = statement.options().getBoolean("header", false);
        return new CopiedLines(
                file.endsWith(".gz") ? new GZIPInputStream(in) : in,
                wanted,
                formats.recordFormat(format),
                own,
                compiler,
                header,
                rejections);
    }

    /** Returns the format that is said, or else the one that the file's name says. */
    private static String format(Options options, String file) {
        if (options.has("format")) {
            return options.get("format", "").toLowerCase(Locale.ROOT);
        }
        String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String ending = plain.substring(plain.lastIndexOf('.') + 1);
        return switch (ending) {
            case "jsonl", "ndjson" -> "json";
            case "log", "txt" -> "lines";
            default -> ending;
        };
    }
}
