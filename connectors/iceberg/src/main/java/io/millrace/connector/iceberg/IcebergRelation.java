package io.millrace.connector.iceberg;

import io.millrace.connector.iceberg.scan.FilesScan;
import io.millrace.connector.iceberg.scan.PinnedTable;
import io.millrace.connector.iceberg.scan.TableTypes;
import io.millrace.connector.iceberg.scan.TableVersion;
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
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;

/** A table, to be read as it was when it was first asked for. The catalog is asked once and let go. */
final class IcebergRelation implements Relation {

    private final RelationSetup setup;
    private final IcebergSettings settings;
    private final TableVersion version;
    private @Nullable TableMetadata metadata;

    /** @throws MillraceException {@code INVALID_ARGUMENT} where URL or options are not right */
    IcebergRelation(RelationSetup setup) {
        this.setup = setup;
        this.settings = IcebergSettings.from(URI.create(setup.url()), setup.options());
        this.version = TableVersion.from(setup.options());
    }

    @Override
    public RowType columns() throws IOException {
        return told(() -> {
            try (PinnedTable table = pinned()) {
                return TableTypes.columns(table.scan().schema().columns());
            }
        });
    }

    @Override
    public RelationScan scan(RowType wanted, List<RowCondition> conditions, List<ColumnBounds> bounds)
            throws IOException {
        return told(() -> {
            PinnedTable table = pinned();
            try {
                return new FilesScan(table, wanted, conditions, bounds);
            } catch (RuntimeException | IOException e) {
                table.close();
                throw e;
            }
        });
    }

    @Override
    public List<RelationChange> changes(@Nullable String after) throws IOException {
        if (version.option() != null) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "option '" + version.option() + "' says which version is read, and a watched table has new ones",
                    "leave one of them out");
        }
        return told(() -> {
            try (PinnedTable table = pinned()) {
                return TableHistory.changes(table.table(), after);
            }
        });
    }

    @Override
    public RelationScan added(String id, boolean whole, RowType wanted) throws IOException {
        return told(() -> {
            PinnedTable table = pinned();
            try {
                return FilesScan.of(table, wanted, Long.parseLong(id), whole);
            } catch (RuntimeException | IOException e) {
                table.close();
                throw e;
            }
        });
    }

    private <T> T told(Failures.Call<T> call) throws IOException {
        return Failures.told("reading table '" + settings.table() + "'", call);
    }

    private PinnedTable pinned() {
        StoreFileIO files = new StoreFileIO(setup.stores(), true);
        try {
            Table table = new BaseTable(
                    new StaticTableOperations(metadata(files), files),
                    settings.table().toString(),
                    report -> {});
            return new PinnedTable(setup.name(), table, version, setup.format().get(), new TableFiles(files));
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private record TableFiles(StoreFileIO files) implements PinnedTable.Files {

        @Override
        public SeekableByteChannel open(String location) throws IOException {
            StoreFileIO.Place place = files.place(location);
            return place.store().open(place.name());
        }

        @Override
        public void close() {
            files.close();
        }
    }

    private synchronized TableMetadata metadata(StoreFileIO files) {
        if (metadata == null) {
            metadata = load(files);
        }
        return metadata;
    }

    private TableMetadata load(StoreFileIO files) {
        try (OpenCatalog catalog = OpenCatalog.openToRead(settings, files)) {
            Table table = catalog.catalog().loadTable(settings.table());
            return ((HasTableOperations) table).operations().current();
        } catch (NoSuchTableException e) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "there is no table '" + settings.table() + "' in the catalog",
                    "see which catalog is meant: catalog, catalog_uri, catalog_name, warehouse",
                    e);
        }
    }

    @Override
    public RowLookup lookup(RowType wanted, List<String> keys) {
        throw new MillraceException(
                ErrorCode.UNSUPPORTED,
                "'" + setup.name() + "' is a table of Iceberg, in which rows are not looked up one by one",
                "put its rows into a table with INSERT INTO table SELECT … FROM it, and join that");
    }
}
