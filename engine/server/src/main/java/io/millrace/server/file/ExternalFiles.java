package io.millrace.server.file;

import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.ExternalTable;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds files that are relations. Safe for use by several threads. */
public final class ExternalFiles {

    private final FileFormats formats;
    private final FileTypes types;
    private final ExpressionEngine expressions;
    private final ClassCompiler compiler;
    private final InstantSource clock;

    public ExternalFiles(
            FileFormats formats, ExpressionEngine expressions, ClassCompiler compiler, InstantSource clock) {
        this.formats = formats;
        this.types = new FileTypes(formats);
        this.expressions = expressions;
        this.compiler = compiler;
        this.clock = clock;
    }

    /**
     * Looks at the files that a URL names, and returns them as a relation of that name.
     *
     * @throws MillraceException {@code UNDEFINED_NAME} where there are none, {@code TYPE_MISMATCH} where their columns
     *     do not go together, and what formats and stores throw
     */
    public ExternalTable look(String url, Options options) {
        // What is no URL of files, or says too much, is told before anything else is made of it.
        FilePattern.of(url);
        Options own = FileOpener.formatOptions(url, options, formats);
        try (FoundFiles found = FoundFiles.of(url, options, formats)) {
            UnitedRows united = new UnitedRows();
            for (FoundFile file : found.files()) {
                united.add(types.of(found.store(), file, own).columns(), file.url());
            }
            united.override(Partitions.columns(found.files()));
            RowType columns = united.type();
            if (columns.size() == 0) {
                throw new MillraceException(
                        ErrorCode.INVALID_VALUE,
                        "'" + ShownUrl.of(url) + "' is empty, so nothing says what its columns are",
                        "say it: CREATE EXTERNAL TABLE name (column type, …) FROM '" + ShownUrl.of(url) + "'");
            }
            return ExternalTable.of(url, columns, url, options, false);
        }
    }

    /**
     * Returns a relation whose columns stay as they are: those that are declared, or else those that the files have now.
     *
     * @throws MillraceException as with {@link #look}, and {@code INVALID_ARGUMENT} for bad options
     */
    public ExternalTable define(ExternalTable asked) {
        FilePattern.of(asked.url());
        if (asked.options().has("format")) {
            formats.requireAny(FileName.format(asked.options(), asked.url()));
        }
        if (asked.declared()) {
            FileOpener.formatOptions(asked.url(), asked.options(), formats);
            return asked;
        }
        ExternalTable found = look(asked.url(), asked.options());
        return asked.found(found.columns(), withHeader(asked.url(), asked.options()));
    }

    /** Returns options with what was seen of the files: whether their first lines name the columns. */
    private Options withHeader(String url, Options options) {
        Options own = FileOpener.formatOptions(url, options, formats);
        try (FoundFiles found = FoundFiles.of(url, options, formats)) {
            Set<Boolean> headers = found.files().stream()
                    .filter(file -> FileName.format(own, file.url()).equals("csv"))
                    .map(file -> types.of(found.store(), file, own).header())
                    .collect(Collectors.toSet());
            if (headers.size() > 1) {
                throw new MillraceException(
                        ErrorCode.TYPE_MISMATCH,
                        "the first lines of some of the files '" + ShownUrl.of(url)
                                + "' name columns, and of others do not",
                        "say it: WITH (header = false)");
            }
            return headers.contains(true) ? FileOpener.withHeader(options, true) : options;
        }
    }

    /** Lists the files of a relation for one query. */
    public FileRelation open(ExternalTable table) {
        FoundFiles found = FoundFiles.of(table.url(), table.options(), formats);
        return new FileRelation(
                table,
                found,
                types,
                new FileOpener(table, formats, compiler),
                expressions,
                new EvaluationContext(JavaValues.micros(clock.instant()), List.of(), ZoneOffset.UTC));
    }
}
