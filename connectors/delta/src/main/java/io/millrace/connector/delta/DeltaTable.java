package io.millrace.connector.delta;

import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RowParting;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.format.FileSummary;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.format.TableFileWriter;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table that a delivery appends to; the package page has the protocol. */
final class DeltaTable implements Table {

    private final TableSetup setup;
    private final ObjectStore store;
    private final TableWriter writer;
    private final TableLayout layout;

    /** What was written here and is not in the table yet, by name; the files know it too, at the price of reading. */
    private final Map<String, FileSummary> written = new HashMap<>();

    /** @param store the table's folder, which is closed with this */
    DeltaTable(TableSetup setup, DeltaSettings settings, ObjectStore store) throws IOException {
        this.setup = setup;
        this.store = store;
        WantedTable wanted = new WantedTable(settings, setup);
        wanted.checkNew();
        this.writer = new TableWriter(new TableLog(store, setup.format(), settings.toString()), wanted, setup);
        TableState state = writer.state();
        this.layout = wanted.layout(state.schema(), state.partitionColumns());
    }

    @Override
    public String extension() {
        return setup.format().extension();
    }

    @Override
    public RowParting parting() {
        return new DeltaParting(layout.partitions());
    }

    @Override
    public StagedObject stage(String name) throws IOException {
        written.remove(name);
        return new DeltaFile(name, store.stage(name));
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out) throws IOException {
        TableFileWriter rows = setup.format().writer(layout.fileType(), layout.ids(), out, setup.formatOptions());
        return new DeltaRows(rows, layout, summary -> {
            if (out instanceof DeltaFile.Out named) {
                written.put(named.name(), summary);
            }
        });
    }

    @Override
    public boolean publishesTogether() {
        return true;
    }

    @Override
    public void publish(String name) {
        throw new IllegalStateException("files of a table are published by ranges");
    }

    @Override
    public void publish(List<CommittedFile> files) throws IOException {
        for (CommittedFile file : files) {
            store.publish(file.name());
        }
        writer.append(files, this::summary);
        files.forEach(file -> written.remove(file.name()));
    }

    private FileSummary summary(String name) throws IOException {
        FileSummary known = written.get(name);
        if (known != null) {
            return known;
        }
        try (SeekableByteChannel file = store.open(name)) {
            return setup.format().summary(file);
        }
    }

    @Override
    public void discard(String name) throws IOException {
        written.remove(name);
        store.discard(name);
    }

    @Override
    public List<String> staged(String prefix) throws IOException {
        return store.staged(prefix);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        return store.list(prefix);
    }

    @Override
    public InputStream read(String name) throws IOException {
        return store.read(name);
    }

    @Override
    public void delete(String name) throws IOException {
        store.delete(name);
    }

    /** An entry that is broken off is in the log or not, as one that a crash ends; the next life looks. */
    @Override
    public void cancel() {
        store.cancel();
    }

    @Override
    public void close() {
        store.close();
    }
}
