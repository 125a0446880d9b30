package io.millrace.format.parquet;

import io.millrace.spi.Options;
import io.millrace.spi.format.FieldIds;
import io.millrace.spi.format.FileSummary;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.format.TableFileFormat;
import io.millrace.spi.format.TableFileWriter;
import io.millrace.spi.type.DataType.RowType;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * Parquet. {@link ParquetOptions} lists the options of the writer; the reader has those of {@link EncryptionKeys}. Types that Parquet has
 * and Millrace lacks are read as the nearest one: an unsigned INT64 as DECIMAL(20, 0), a UUID as its text, what
 * is unknown as its bytes.
 */
public final class ParquetFormat implements TableFileFormat {

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public String extension() {
        return ".parquet";
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out, Options options) throws IOException {
        return new ParquetRowFileWriter(type, null, out, ParquetOptions.from(options));
    }

    @Override
    public TableFileWriter writer(RowType type, List<FieldIds> ids, OutputStream out, Options options)
            throws IOException {
        ParquetOptions own = ParquetOptions.from(options);
        if (own.encryption() != null) {
            throw Options.invalid(
                    "encryption_key", "…", "files, and no table: its other readers would not have the keys");
        }
        return new ParquetRowFileWriter(type, ids, out, own);
    }

    @Override
    public FileSummary summary(SeekableByteChannel file) throws IOException {
        try {
            return Summary.of(Footer.read(file), file.size());
        } catch (EOFException e) {
            throw ParquetRowFileReader.corrupted(e);
        }
    }

    @Override
    public RowFileReader reader(SeekableByteChannel file, Options options) throws IOException {
        options.refuseOthers(EncryptionKeys.names(options).toArray(String[]::new));
        return ParquetRowFileReader.open(file, EncryptionKeys.from(options));
    }
}
