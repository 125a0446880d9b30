package io.millrace.connector.iceberg;

import io.millrace.spi.connector.BreakableCalls;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.DeliveredEnds;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RowParting;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.format.FieldIds;
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
import java.util.UUID;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;

/** A table that a delivery appends to, or whose rows it changes; the package page has the protocol. */
final class IcebergTable implements Table {

    private final TableSetup setup;
    private final @Nullable Upserts upserts;
    private final OpenTable open;
    private final org.apache.iceberg.Table table;
    private final ObjectStore store;
    private final BreakableCalls calls;
    private final String key;
    private final String writer = UUID.randomUUID().toString();
    private final RowType fileType;
    private final List<FieldIds> ids;
    private final PartitionSpec spec;

    /** What was written here and is not in the table yet, by name; the files know it too, at the price of reading. */
    private final Map<String, FileSummary> written = new HashMap<>();

    /** Whether this is the writer that committed last, unless there is another by now. */
    private boolean writes;

    /**
     * @param setup with the columns that the table has
     * @param upserts how rows take the place of others; null where all stay
     */
    IcebergTable(TableSetup setup, @Nullable Upserts upserts, OpenTable open) {
        this.setup = setup;
        this.upserts = upserts;
        this.open = open;
        this.table = open.table();
        this.store = open.store();
        this.calls = new BreakableCalls("table '" + table.name() + "'");
        this.key = Positions.KEYS + setup.identity();
        this.fileType = TableColumns.fileType(setup.columns());
        this.ids = TableColumns.ids(fileType, table.schema().asStruct());
        this.spec = table.spec();
        new TableParting(spec, setup.columns());
        if (upserts != null) {
            upserts.check(table);
        }
    }

    /** Returns where the table's files are, whether the table knows them or not. */
    ObjectStore store() {
        return store;
    }

    @Override
    public String extension() {
        return setup.format().extension();
    }

    @Override
    public String errorType() {
        return "iceberg-failed";
    }

    @Override
    public RowParting parting() {
        return tableParting();
    }

    private TableParting tableParting() {
        return upserts == null
                ? new TableParting(spec, setup.columns())
                : new TableParting(spec, upserts.given(), upserts.op());
    }

    @Override
    public StagedObject stage(String name) throws IOException {
        written.remove(name);
        StagedObject rows = store.stage(name);
        try {
            return new TableFile(name, rows, upserts == null ? null : store.stage(KeyFile.beside(name)));
        } catch (IOException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out) throws IOException {
        TableFileWriter rows = setup.format().writer(fileType, ids, out, setup.formatOptions());
        TableFile.Out file = out instanceof TableFile.Out named ? named : null;
        if (upserts == null) {
            return new TableRows(rows, spec, tableParting(), summary -> note(file, summary, null));
        }
        TableFileWriter keys = setup.format()
                .writer(
                        upserts.keyType(fileType),
                        upserts.key().stream().map(ids::get).toList(),
                        file == null ? OutputStream.nullOutputStream() : file.keys(),
                        setup.formatOptions());
        return new UpsertRows(
                upserts, rows, keys, spec, tableParting(), (ofRows, ofKeys) -> note(file, ofRows, ofKeys));
    }

    private void note(TableFile.@Nullable Out file, FileSummary rows, @Nullable FileSummary keys) {
        if (file != null) {
            written.put(file.name(), rows);
            if (keys != null) {
                written.put(KeyFile.beside(file.name()), keys);
            }
        }
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
            if (upserts != null) {
                store.publish(KeyFile.beside(file.name()));
            }
            store.publish(file.name());
        }
        Failures.told(
                "appending to table '" + table.name() + "'",
                () -> calls.run(() -> {
                    append(files);
                    return files;
                }));
        files.forEach(file -> forget(file.name()));
    }

    private void append(List<CommittedFile> files) throws IOException {
        table.refresh();
        Positions known = Positions.of(table, key);
        if (writes && !known.writer().equals(writer)) {
            throw DeliveredEnds.replaced(table.name());
        }
        List<CommittedFile> missing = known.missing(files);
        if (missing.isEmpty()) {
            return;
        }
        TableCommit commit = new TableCommit(table, key, writer, known, this::summary);
        try {
            if (upserts == null) {
                commit.append(missing);
            } else {
                commit.upsert(missing, upserts.ids(table.schema()));
            }
        } catch (ValidationException e) {
            throw DeliveredEnds.replaced(table.name());
        }
        writes = true;
    }

    private void forget(String name) {
        written.remove(name);
        if (upserts != null) {
            written.remove(KeyFile.beside(name));
        }
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
        forget(name);
        store.discard(name);
        if (upserts != null) {
            store.discard(KeyFile.beside(name));
        }
    }

    @Override
    public List<String> staged(String prefix) throws IOException {
        List<String> staged = store.staged(prefix);
        return upserts == null ? staged : KeyFile.withoutThem(staged);
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

    /** A commit that is broken off is in the table or not, as one that a crash ends; the next life looks. */
    @Override
    public void cancel() {
        calls.cancel();
        store.cancel();
    }

    @Override
    public void close() {
        open.close();
    }
}
