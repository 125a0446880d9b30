package io.millrace.server.file;

import io.millrace.delivery.Decompression;
import io.millrace.spi.Options;
import io.millrace.spi.code.ClassCompiler;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.format.GuessedRows;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.ExternalTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Opens the files of one relation, each in its format. */
final class FileOpener {

    private final ExternalTable table;
    private final FileFormats formats;
    private final ClassCompiler compiler;
    private final Options options;

    FileOpener(ExternalTable table, FileFormats formats, ClassCompiler compiler) {
        this.table = table;
        this.formats = formats;
        this.compiler = compiler;
        this.options = formatOptions(table.url(), table.options(), formats);
    }

    /** Returns the options of a relation but for those of its store. */
    static Options formatOptions(String url, Options options, FileFormats formats) {
        List<String> ofStore = formats.store(FilePattern.of(url).folder()).options();
        return options.without(ofStore.toArray(String[]::new)).without(WatchOptions.NAMES.toArray(String[]::new));
    }

    Options options() {
        return options;
    }

    boolean isText(FoundFile file) {
        return !formats.isFileFormat(FileName.format(options, file.url()));
    }

    /** Opens a file of columns. */
    FileRows columns(ObjectStore store, FoundFile file, WantedRows rows, List<ColumnBounds> bounds) throws IOException {
        Options own = options.without("format", "header");
        RowFileReader reader =
                formats.fileFormat(FileName.format(options, file.url())).reader(store.open(file.stored()), own);
        try {
            reader.bound(bounds);
            reader.project(rows.places());
            return new ColumnRows(reader);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /**
     * Returns the columns of a file of text: of the relation's types, so that one that looks like whole numbers at its
     * beginning may have fractions where another file has them.
     *
     * @param looked what the file seems to hold, where nobody has declared it
     */
    RowType columnsOfText(ObjectStore store, FoundFile file, FileType looked) throws IOException {
        if (!table.declared()) {
            return typed(looked.columns());
        }
        boolean named = FileName.format(options, file.url()).equals("csv") && options.getBoolean("header", false);
        return named ? typed(header(store, file)) : withoutKeys(file);
    }

    private RowType typed(RowType names) {
        return new RowType(names.fields().stream()
                .map(field -> Field.nullable(field.name(), declared(field)))
                .toList());
    }

    private DataType declared(Field field) {
        return table.columns().fields().stream()
                .filter(each -> each.name().equalsIgnoreCase(field.name()))
                .findFirst()
                .map(Field::type)
                .orElse(DataType.VARCHAR);
    }

    /** Columns that folders are named after are in no line. */
    private RowType withoutKeys(FoundFile file) {
        return new RowType(table.columns().fields().stream()
                .filter(field -> file.keys().keySet().stream().noneMatch(field.name()::equalsIgnoreCase))
                .toList());
    }

    private RowType header(ObjectStore store, FoundFile file) throws IOException {
        try (Lines lines = lines(store, file)) {
            if (lines.next(1) == 0) {
                return new RowType(List.of());
            }
            GuessedRows names = record(file).guess(lines.records(), 1, options.without("format"));
            return names == null ? new RowType(List.of()) : names.type();
        }
    }

    /** Opens a file of text. */
    FileRows text(ObjectStore store, FoundFile file, RowType columns, FileType looked, WantedRows rows)
            throws IOException {
        boolean header = table.declared() ? options.getBoolean("header", false) : looked.header();
        Lines lines = lines(store, file);
        try {
            return new TextRows(
                    lines,
                    record(file).decoder(columns, rows.places(), options.without("format", "header"), compiler),
                    rows.read(),
                    header,
                    !table.declared());
        } catch (RuntimeException | IOException e) {
            lines.close();
            throw e;
        }
    }

    private RecordFormat record(FoundFile file) {
        return formats.recordFormat(FileName.format(options, file.url()));
    }

    private Lines lines(ObjectStore store, FoundFile file) throws IOException {
        RecordLines ends = RecordLines.of(FileName.format(options, file.url()), options);
        return new Lines(Decompression.of(file.url(), store.read(file.stored())), ends);
    }

    /** Returns options with what was found out of the files: whether their first lines name the columns. */
    static Options withHeader(Options options, boolean header) {
        Map<String, String> all = new TreeMap<>(options.asMap());
        all.put("header", String.valueOf(header));
        return new Options(all);
    }
}
