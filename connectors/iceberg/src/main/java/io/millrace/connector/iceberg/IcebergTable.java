package io.millrace.connector.iceberg;

import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RowParting;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FieldIds;
import io.millrace.spi.format.FileSummary;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.ValidationException;

/** A table that a delivery appends to; the package page has the protocol. */
final class IcebergTable implements Table {

    private final TableSetup setup;
    private final OpenTable open;
    private final org.apache.iceberg.Table table;
    private final ObjectStore store;
    private final String key;
    private final String writer = UUID.randomUUID().toString();
    private final RowType fileType;
    private final List<FieldIds> ids;
    private final PartitionSpec spec;

    /** What was written here and is not in the table yet, by name; the files know it too, at the price of reading. */
    private final Map<String, FileSummary> written = new HashMap<>();

    /** Whether this is the writer that committed last, unless there is another by now. */
    private boolean writes;

    IcebergTable(TableSetup setup, OpenTable open) {
        this.setup = setup;
        this.open = open;
        this.table = open.table();
        this.store = open.store();
        this.key = Positions.KEYS + setup.identity();
        this.fileType = TableColumns.fileType(setup.columns());
        this.ids = TableColumns.ids(fileType, table.schema().asStruct());
        this.spec = table.spec();
        new TableParting(spec, setup.columns());
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
    public RowParting parting() {
        return new TableParting(spec, setup.columns());
    }

    @Override
    public StagedObject stage(String name) throws IOException {
        written.remove(name);
        return new TableFile(name, store.stage(name));
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out) throws IOException {
        return new TableRows(
                setup.format().writer(fileType, ids, out, setup.formatOptions()),
                spec,
                new TableParting(spec, setup.columns()),
                summary -> {
                    if (out instanceof TableFile.Out file) {
                        written.put(file.name(), summary);
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
        Failures.told("appending to table '" + table.name() + "'", () -> {
            append(files);
            return files;
        });
        files.forEach(file -> written.remove(file.name()));
    }

    private void append(List<CommittedFile> files) throws IOException {
        table.refresh();
        Positions known = Positions.of(table, key);
        if (writes && !known.writer().equals(writer)) {
            throw replaced();
        }
        List<CommittedFile> missing = known.missing(files);
        if (missing.isEmpty()) {
            return;
        }
        String then = known.with(missing, writer).text();
        Transaction transaction = table.newTransaction();
        AppendFiles append = transaction.newAppend().set(key, then).validateWith(new Unmoved(known));
        for (CommittedFile file : missing) {
            append.appendFile(Entry.of(table, file.name(), summary(file.name())));
        }
        try {
            append.commit();
            transaction.updateProperties().set(key, then).commit();
            transaction.commitTransaction();
        } catch (ValidationException e) {
            throw replaced();
        }
        writes = true;
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

    private MillraceException replaced() {
        return new MillraceException(
                ErrorCode.IN_USE,
                "another server has taken over the writing to table '" + table.name() + "' for this delivery",
                "see whether a copy of this server's directory runs elsewhere; stop one of them, and restart the other"
                        + " if it is this one");
    }

    /** Holds a commit back where somebody else has moved the positions it was made for. */
    private final class Unmoved implements SnapshotAncestryValidator {

        private final Positions known;

        Unmoved(Positions known) {
            this.known = known;
        }

        @Override
        public boolean validate(Iterable<Snapshot> newestFirst) {
            return Positions.of(table, key, newestFirst).equals(known);
        }

        @Override
        public String errorMessage() {
            return "the delivery's positions have moved";
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

    @Override
    public void close() {
        open.close();
    }
}
