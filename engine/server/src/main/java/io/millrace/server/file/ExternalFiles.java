package io.millrace.server.file;

import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.ExternalTable;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

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
                        "'" + url + "' is empty, so nothing says what its columns are",
                        "say it: CREATE EXTERNAL TABLE name (column type, …) FROM '" + url + "'");
            }
            return new ExternalTable(url, columns, url, options, false);
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
