package io.millrace.server.engine;

import io.millrace.spi.connector.RowParting;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.Table;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A table that is not there yet: it is made of the first record, and until then there are no rows for it. */
final class AwaitedTable implements Table {

    private final String name;

    /** @param name for messages */
    AwaitedTable(String name) {
        this.name = name;
    }

    private MillraceException missing() {
        return new MillraceException(
                ErrorCode.UNDEFINED_NAME,
                "table '" + name + "' is gone, which rows were written for",
                "bring it back, or make the delivery anew: it then delivers all rows again");
    }

    @Override
    public String extension() {
        return ".parquet";
    }

    @Override
    public String errorType() {
        return "iceberg-failed";
    }

    @Override
    public boolean publishesTogether() {
        return true;
    }

    @Override
    public RowParting parting() {
        return new RowParting() {

            @Override
            public boolean isParted() {
                return false;
            }

            @Override
            public String partition(RowBatch rows, int row) {
                return "";
            }

            @Override
            public String prefix(String partition) {
                return "";
            }
        };
    }

    /** A writer of no rows, as whoever opens a delivery tries one. */
    @Override
    public RowFileWriter writer(RowType type, OutputStream out) {
        return new RowFileWriter() {

            @Override
            public void write(RowBatch rows) {
                throw missing();
            }

            @Override
            public long estimatedBytes() {
                return 0;
            }

            @Override
            public void finish() {}
        };
    }

    @Override
    public StagedObject stage(String file) {
        throw missing();
    }

    @Override
    public void publish(String file) {
        throw missing();
    }

    @Override
    public void discard(String file) {}

    @Override
    public List<String> staged(String prefix) {
        return List.of();
    }

    @Override
    public List<String> list(String prefix) {
        return List.of();
    }

    @Override
    public InputStream read(String file) {
        throw missing();
    }

    @Override
    public void delete(String file) {}

    @Override
    public void close() {}
}
