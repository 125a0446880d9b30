package io.millrace.connector.iceberg.scan;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.format.ReadParts;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileFormat;
import org.jspecify.annotations.Nullable;

/** A file of a table while it is read: rows of the wanted fields. */
final class OpenFile implements AutoCloseable {

    private final RowFileReader reader;
    private final FileColumns columns;
    private final RowType type;

    private OpenFile(RowFileReader reader, FileColumns columns, RowType type) {
        this.reader = reader;
        this.columns = columns;
        this.type = type;
    }

    /** Opens files of one table. */
    record Opener(PinnedTable table) {

        /**
         * Opens a file for some fields.
         *
         * @param bounds what rows are asked for, by the names of those fields
         * @param constants what fields are that the file lacks
         */
        OpenFile open(
                ContentFile<?> file,
                List<WantedField> wanted,
                List<ColumnBounds> bounds,
                Map<Integer, Object> constants)
                throws IOException {
            check(file);
            RowFileReader reader = table.format().reader(table.files().open(file.location()), Options.NONE);
            try {
                FileColumns columns =
                        new FileColumns(reader.type(), FieldNumbers.of(reader, table.table()), wanted, constants);
                reader.bound(columns.bounds(bounds));
                reader.project(columns.read());
                return new OpenFile(reader, columns, type(wanted));
            } catch (RuntimeException e) {
                reader.close();
                throw e;
            }
        }

        private static void check(ContentFile<?> file) {
            if (file.format() != FileFormat.PARQUET) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "it is written as " + file.format() + ", and tables are read of Parquet alone",
                        "have the table written anew with write.format.default = 'parquet'");
            }
            if (file.keyMetadata() != null) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED, "it is encrypted", "write the table without encryption");
            }
        }
    }

    /** Returns the type of the rows that are read of some fields. */
    static RowType type(List<WantedField> wanted) {
        return new RowType(wanted.stream()
                .map(each -> Field.nullable(each.field().name(), each.type()))
                .toList());
    }

    /** Returns the next rows, valid until the next call, or null after the last. */
    @Nullable
    RowBatch next() throws IOException {
        RowBatch rows = reader.next();
        if (rows == null) {
            return null;
        }
        RowBatch batch = new RowBatch(type, columns.of(rows));
        batch.size(rows.size());
        return batch;
    }

    /** Returns which row of the file the first of those is that {@link #next} gave last. */
    long firstRow() {
        return reader.firstRow();
    }

    @Nullable
    ReadParts parts() {
        return reader.parts();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
