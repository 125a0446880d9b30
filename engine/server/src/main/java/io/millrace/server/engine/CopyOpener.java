package io.millrace.server.engine;

import io.millrace.delivery.Decompression;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.GuessedRows;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens files whose rows go into a stream, each in its format. Safe for use by several threads. */
final class CopyOpener {

    private final Formats formats;
    private final ExpressionEngine expressions;
    private final ClassCompiler compiler;
    private final InstantSource clock;

    CopyOpener(Formats formats, ExpressionEngine expressions, ClassCompiler compiler, InstantSource clock) {
        this.formats = formats;
        this.expressions = expressions;
        this.compiler = compiler;
        this.clock = clock;
    }

    /**
     * Opens a file for some columns of a stream, of which its folders fill those that they are named after.
     *
     * @throws MillraceException where the file has no such columns, or a folder no such value
     */
    CopiedRows open(CopiedFile file, RowType wanted, CopyRejections rejections) throws IOException {
        formats.requireAny(file.format());
        FolderColumns folders = FolderColumns.of(file.url(), wanted);
        if (folders.isEmpty()) {
            return rows(file, wanted, rejections);
        }
        RowType read = inFile(file, wanted, folders);
        BatchProjection filled = folders.projection(read, expressions, context());
        return new FilledRows(rows(file, read, rejections), filled, context());
    }

    private CopiedRows rows(CopiedFile file, RowType wanted, CopyRejections rejections) throws IOException {
        if (formats.isFileFormat(file.format())) {
            RowFileReader reader =
                    formats.fileFormat(file.format()).reader(file.store().open(file.stored()), file.formatOptions());
            return new CopiedColumns(reader, wanted, expressions, context(), rejections);
        }
        InputStream in = file.store().read(file.stored());
        try {
            return new CopiedLines(
                    Decompression.of(file.stored().name(), in),
                    wanted,
                    formats.recordFormat(file.format()),
                    file.formatOptions(),
                    compiler,
                    file.header(),
                    rejections);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private EvaluationContext context() {
        return new EvaluationContext(JavaValues.micros(clock.instant()), List.of(), ZoneOffset.UTC);
    }

    /**
     * Fails where the first line of a file of CSV names other columns, or in another order.
     *
     * @throws MillraceException {@code TYPE_MISMATCH}
     */
    void checkHeader(CopiedFile file, RowType columns) throws IOException {
        if (file.isCsv() && file.header()) {
            GuessedRows first = firstLine(file);
            CsvHeader.check(first, inFile(first, columns, FolderColumns.of(file.url(), columns)));
        }
    }

    private RowType inFile(CopiedFile file, RowType wanted, FolderColumns folders) throws IOException {
        return file.isCsv() ? inFile(firstLine(file), wanted, folders) : folders.rest();
    }

    /**
     * Returns the columns that are in the lines of a file of CSV, where they go by position: those of its folders are
     * among them where the first line has as many fields as there are columns with them.
     */
    private static RowType inFile(@Nullable GuessedRows first, RowType wanted, FolderColumns folders) {
        return first != null && first.type().size() == wanted.size() ? wanted : folders.rest();
    }

    private @Nullable GuessedRows firstLine(CopiedFile file) throws IOException {
        try (InputStream in =
                Decompression.of(file.stored().name(), file.store().read(file.stored()))) {
            return CsvHeader.first(in, formats.recordFormat("csv"), file.formatOptions());
        }
    }
}
