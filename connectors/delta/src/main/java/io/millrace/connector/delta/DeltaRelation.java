package io.millrace.connector.delta;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationChange;
import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.RelationSetup;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table, to be read as it was when it was first asked for. */
final class DeltaRelation implements Relation {

    private final RelationSetup setup;
    private final DeltaSettings settings;
    private @Nullable TableVersion pinned;

    /** @throws MillraceException {@code INVALID_ARGUMENT} where the URL is not right */
    DeltaRelation(RelationSetup setup) {
        this.setup = setup;
        this.settings = DeltaSettings.from(URI.create(setup.url()), Options.NONE);
    }

    @Override
    public RowType columns() throws IOException {
        try (ObjectStore store = store()) {
            return TableColumns.of(newest(store).state());
        }
    }

    @Override
    public RelationScan scan(RowType wanted, List<RowCondition> conditions, List<ColumnBounds> bounds)
            throws IOException {
        ObjectStore store = store();
        try {
            TableVersion version = newest(store);
            return new DeltaScan(setup, store, version.state(), version.files(), wanted, bounds);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public List<RelationChange> changes(@Nullable String after) throws IOException {
        try (ObjectStore store = store()) {
            long newest = newest(store).state().version();
            if (after == null) {
                return List.of(new RelationChange(String.valueOf(newest), true, null));
            }
            List<RelationChange> changes = new ArrayList<>();
            long from = Long.parseLong(after);
            if (from > newest) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE,
                        "version " + after + " of table '" + settings + "', the last that was read, is none of its own"
                                + " any more",
                        "the table was made anew: make the external table anew as well");
            }
            for (long version = from + 1; version <= newest; version++) {
                changes.add(TableEntry.read(log(store), version).change());
            }
            return changes;
        }
    }

    @Override
    public RelationScan added(String id, boolean whole, RowType wanted) throws IOException {
        ObjectStore store = store();
        try {
            TableVersion at = TableVersion.read(log(store), Long.parseLong(id));
            List<DataFile> files = whole
                    ? at.files()
                    : TableEntry.read(log(store), Long.parseLong(id)).added();
            return new DeltaScan(setup, store, at.state(), files, wanted, List.of());
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private ObjectStore store() {
        return setup.stores().apply(settings.place());
    }

    private TableLog log(ObjectStore store) {
        return new TableLog(store, setup.format().get(), settings.toString());
    }

    private synchronized TableVersion newest(ObjectStore store) throws IOException {
        TableVersion known = pinned;
        if (known == null) {
            known = TableVersion.newest(log(store));
            pinned = known;
        }
        return known;
    }

    @Override
    public RowLookup lookup(RowType wanted, List<String> keys) {
        throw new MillraceException(
                ErrorCode.UNSUPPORTED,
                "'" + setup.name() + "' is a table of Delta Lake, in which rows are not looked up one by one",
                "put its rows into a table with INSERT INTO table SELECT … FROM it, and join that");
    }
}
