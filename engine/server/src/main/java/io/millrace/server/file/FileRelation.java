package io.millrace.server.file;

import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.ExternalTable;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of a relation for one query, which lists them once however often it names them. Closed with the last of
 * its sources.
 */
public final class FileRelation {

    private static final long ROW_BYTES_GUESS = 50;

    /** What nobody needs to look for. */
    private static final FileType DECLARED = new FileType(new RowType(List.of()), -1, false);

    private final ExternalTable table;
    private final FoundFiles found;
    private final FileTypes types;
    private final FileOpener opener;
    private final ExpressionEngine expressions;
    private final EvaluationContext context;
    private int sources;

    FileRelation(
            ExternalTable table,
            FoundFiles found,
            FileTypes types,
            FileOpener opener,
            ExpressionEngine expressions,
            EvaluationContext context) {
        this.table = table;
        this.found = found;
        this.types = types;
        this.opener = opener;
        this.expressions = expressions;
        this.context = context;
    }

    /** Opens a scan of some columns. */
    public FileSource source(RowType wanted, List<ColumnBounds> bounds) {
        sources++;
        try {
            return new FileSource(this, wanted, bounds);
        } catch (RuntimeException e) {
            release();
            throw e;
        }
    }

    /**
     * Returns what a scan would read: how many files of how many, and what their parts are asked for. For a relation of
     * which nothing is opened.
     */
    public List<String> describe(List<ColumnBounds> bounds) {
        List<FoundFile> read =
                files().stream().filter(file -> !excluded(file, bounds)).toList();
        double megabytes = read.stream().mapToLong(FoundFile::bytes).sum() / 1e6;
        String files = String.format(Locale.ROOT, "files %,d of %,d, %.1f MB", read.size(), files().size(), megabytes);
        found.close();
        return bounds.isEmpty()
                ? List.of(files)
                : List.of(
                        files,
                        "left out by " + bounds.stream().map(BoundsText::of).collect(Collectors.joining(" AND ")));
    }

    void release() {
        if (--sources == 0) {
            found.close();
        }
    }

    List<FoundFile> files() {
        return found.files();
    }

    /** Returns whether no row of a file can be within bounds, going by its folders. */
    boolean excluded(FoundFile file, List<ColumnBounds> bounds) {
        return bounds.stream().anyMatch(each -> excluded(file, each));
    }

    private boolean excluded(FoundFile file, ColumnBounds bounds) {
        for (Map.Entry<String, @Nullable String> key : file.keys().entrySet()) {
            if (key.getKey().equalsIgnoreCase(bounds.column())) {
                Comparable<?> value = key.getValue() == null ? null : bound(key.getValue(), column(key.getKey()));
                boolean isNull = key.getValue() == null;
                return bounds.excludes(value, value, isNull ? 1 : 0, 1);
            }
        }
        return false;
    }

    private DataType column(String name) {
        return table.columns().fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow()
                .type();
    }

    private static @Nullable Comparable<?> bound(String text, DataType type) {
        Column cell = Column.create(type, 1);
        try {
            SqlText.parse(type, text, ZoneOffset.UTC, cell, 0);
            return ColumnBounds.bound(type, cell, 0);
        } catch (RuntimeException e) {
            // The cast of the same text fails when a row is read, and says why.
            return null;
        }
    }

    /** Returns about how many rows a file has, 1 at least. */
    long estimate(FoundFile file) {
        long rows = opener.isText(file) ? -1 : type(file).rows();
        return Math.max(1, rows < 0 ? file.bytes() / ROW_BYTES_GUESS : rows);
    }

    private FileType type(FoundFile file) {
        return types.of(found.store(), file, opener.options());
    }

    /** Opens a file for some columns of the relation. */
    OpenFile open(String url, RowType wanted, List<ColumnBounds> bounds) {
        FoundFile file = found.file(url);
        ObjectStore store = found.store();
        try {
            boolean text = opener.isText(file);
            FileType type = text && table.declared() ? DECLARED : type(file);
            RowType columns = text ? opener.columnsOfText(store, file, type) : type.columns();
            WantedRows rows = WantedRows.of(file, columns, wanted, table.declared(), expressions);
            FileRows source =
                    text ? opener.text(store, file, columns, type, rows) : opener.columns(store, file, rows, bounds);
            return new OpenFile(store, file, source, rows, context);
        } catch (IOException | MillraceException e) {
            throw FoundFiles.of(file, e);
        }
    }
}
