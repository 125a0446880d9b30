package io.millrace.server.http.query;

import io.millrace.spi.Options;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ServiceLoader;

/** An answer in the form of a file. */
final class FileAnswer implements AnswerWriter {

    private final RowFileWriter writer;

    FileAnswer(String format, RowType type, OutputStream out, Options options) throws IOException {
        this.writer = ServiceLoader.load(FileFormat.class, FileAnswer.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(format))
                .findFirst()
                .orElseThrow()
                .writer(type, out, options);
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        writer.write(rows);
    }

    @Override
    public void finish() throws IOException {
        writer.finish();
    }
}
