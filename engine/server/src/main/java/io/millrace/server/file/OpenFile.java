package io.millrace.server.file;

import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ReadParts;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file while it is read, as the wanted columns. At its end it is looked at again, and the query fails where it is
 * another by then. For one thread at a time.
 */
final class OpenFile implements AutoCloseable {

    private final ObjectStore store;
    private final FoundFile file;
    private final FileRows source;
    private final WantedRows wanted;
    private final EvaluationContext context;
    private long rows;

    OpenFile(ObjectStore store, FoundFile file, FileRows source, WantedRows wanted, EvaluationContext context) {
        this.store = store;
        this.file = file;
        this.source = source;
        this.wanted = wanted;
        this.context = context;
    }

    @Nullable
    ReadParts parts() {
        return source.parts();
    }

    /** Returns the next rows, valid until the next call, or null after the last. */
    @Nullable
    RowBatch next() {
        try {
            RowBatch batch = source.next();
            if (batch == null) {
                store.check(file.stored());
                return null;
            }
            RowBatch converted = wanted.convert(batch, context, source, rows);
            rows += batch.size();
            return converted;
        } catch (MillraceException e) {
            throw FoundFiles.of(file, changed() ? ObjectStore.changed(file.stored(), false) : e);
        } catch (IOException e) {
            throw FoundFiles.of(file, changed() ? ObjectStore.changed(file.stored(), false) : e);
        }
    }

    /** Returns whether that is why the file cannot be read. */
    private boolean changed() {
        try {
            store.check(file.stored());
            return false;
        } catch (MillraceException e) {
            return e.code() == ErrorCode.WRONG_STATE;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw FoundFiles.of(file, e);
        }
    }
}
