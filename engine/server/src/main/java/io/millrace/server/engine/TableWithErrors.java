package io.millrace.server.engine;

import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RowParting;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.Table;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A table, and a store for the files of what it did not take. Those are told by what their names end with, and are visible
 * before the rows of their range are in the table, so that a crash between the two loses neither.
 */
final class TableWithErrors implements Table {

    private static final String OF_ERRORS = ".json";

    private final Table table;
    private final ObjectStore errors;

    /** Takes both over, which are closed with this. */
    TableWithErrors(Table table, ObjectStore errors) {
        this.table = table;
        this.errors = errors;
    }

    private ObjectStore store(String name) {
        return isOfErrors(name) ? errors : table;
    }

    private static boolean isOfErrors(String name) {
        return name.endsWith(OF_ERRORS);
    }

    @Override
    public String extension() {
        return table.extension();
    }

    @Override
    public String errorType() {
        return table.errorType();
    }

    @Override
    public RowParting parting() {
        return table.parting();
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out) throws IOException {
        return table.writer(type, out);
    }

    @Override
    public StagedObject stage(String name) throws IOException {
        return store(name).stage(name);
    }

    @Override
    public void publish(String name) throws IOException {
        store(name).publish(name);
    }

    @Override
    public boolean publishesTogether() {
        return table.publishesTogether();
    }

    @Override
    public void publish(List<CommittedFile> files) throws IOException {
        List<CommittedFile> rows = new ArrayList<>();
        for (CommittedFile file : files) {
            if (isOfErrors(file.name())) {
                errors.publish(file.name());
            } else {
                rows.add(file);
            }
        }
        if (!rows.isEmpty()) {
            table.publish(rows);
        }
    }

    @Override
    public void discard(String name) throws IOException {
        store(name).discard(name);
    }

    @Override
    public List<String> staged(String prefix) throws IOException {
        List<String> staged = new ArrayList<>(table.staged(prefix));
        staged.addAll(errors.staged(prefix));
        return staged;
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        return table.list(prefix);
    }

    @Override
    public InputStream read(String name) throws IOException {
        return store(name).read(name);
    }

    @Override
    public void delete(String name) throws IOException {
        store(name).delete(name);
    }

    @Override
    public boolean exactlyOnce() {
        return table.exactlyOnce();
    }

    @Override
    public long refused() {
        return table.refused();
    }

    @Override
    public void cancel() {
        table.cancel();
        errors.cancel();
    }

    @Override
    public void close() {
        try {
            table.close();
        } finally {
            errors.close();
        }
    }
}
