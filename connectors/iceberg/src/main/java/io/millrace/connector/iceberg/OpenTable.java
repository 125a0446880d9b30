package io.millrace.connector.iceberg;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.TableSetup;
import java.io.IOException;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;

/**
 * A table, and what it was reached by.
 *
 * @param catalog closed with this
 * @param table Iceberg's own
 * @param store where its files are
 */
record OpenTable(OpenCatalog catalog, Table table, ObjectStore store) implements AutoCloseable {

    private static final Map<String, String> PROPERTIES_OF_NEW_TABLES = Map.of(
            TableProperties.FORMAT_VERSION, "2",
            TableProperties.PARQUET_COMPRESSION, "zstd",
            TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
            TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "20",
            TableProperties.COMMIT_NUM_RETRIES, "10");

    /** Fails where {@link #open} would. */
    static void check(IcebergSettings settings, TableSetup setup, @Nullable Upserts upserts) throws IOException {
        try (OpenCatalog catalog = OpenCatalog.open(settings, setup)) {
            Schema wanted = TableColumns.schema(setup.columns());
            Table table = find(settings, catalog);
            if (table == null) {
                new TableParting(spec(settings, wanted), setup.columns());
                check(spec(settings, wanted), upserts);
            } else {
                TableColumns.change(table, setup.columns());
                checkParting(settings, setup, table, upserts);
            }
        }
    }

    private static void check(PartitionSpec spec, @Nullable Upserts upserts) {
        if (upserts != null) {
            upserts.check(spec);
        }
    }

    /** A column that the table gets with the delivery may be one it is parted by. */
    private static void checkParting(
            IcebergSettings settings, TableSetup setup, Table table, @Nullable Upserts upserts) {
        if (settings.partitionBy() != null) {
            check(spec(settings, TableColumns.schema(setup.columns())), upserts);
        } else {
            if (upserts != null) {
                upserts.check(table);
            }
            new TableParting(table.spec(), setup.columns());
        }
    }

    /** Opens the table, made where it is missing, with the columns and partitions that a delivery wants. */
    static OpenTable open(IcebergSettings settings, TableSetup setup) throws IOException {
        OpenCatalog catalog = OpenCatalog.open(settings, setup);
        try {
            Table table = find(settings, catalog);
            if (table == null) {
                table = create(settings, setup, catalog);
            }
            return new OpenTable(catalog, fitted(settings, setup, table), store(catalog, table));
        } catch (RuntimeException e) {
            catalog.close();
            throw e;
        }
    }

    /** Opens the table as it is, or returns null where there is none. */
    static @Nullable OpenTable existing(IcebergSettings settings, TableSetup setup) throws IOException {
        OpenCatalog catalog = OpenCatalog.open(settings, setup);
        try {
            Table table = find(settings, catalog);
            if (table == null) {
                catalog.close();
                return null;
            }
            return new OpenTable(catalog, table, store(catalog, table));
        } catch (RuntimeException e) {
            catalog.close();
            throw e;
        }
    }

    private static ObjectStore store(OpenCatalog catalog, Table table) {
        return catalog.files().store(Entry.location(table));
    }

    private static @Nullable Table find(IcebergSettings settings, OpenCatalog catalog) {
        try {
            return catalog.catalog().loadTable(settings.table());
        } catch (NoSuchTableException e) {
            return null;
        }
    }

    private static Table create(IcebergSettings settings, TableSetup setup, OpenCatalog catalog) {
        Schema schema = TableColumns.schema(setup.columns());
        try {
            catalog.createNamespace(settings.table().namespace());
            return catalog.catalog()
                    .createTable(settings.table(), schema, spec(settings, schema), PROPERTIES_OF_NEW_TABLES);
        } catch (AlreadyExistsException e) {
            return catalog.catalog().loadTable(settings.table());
        }
    }

    private static PartitionSpec spec(IcebergSettings settings, Schema schema) {
        String partitionBy = settings.partitionBy();
        return partitionBy == null
                ? PartitionSpec.unpartitioned()
                : PartitionTerm.spec(PartitionTerm.parse(partitionBy), schema);
    }

    private static Table fitted(IcebergSettings settings, TableSetup setup, Table table) {
        UpdateSchema columns = TableColumns.change(table, setup.columns());
        if (columns != null) {
            columns.commit();
        }
        String partitionBy = settings.partitionBy();
        UpdatePartitionSpec partitions =
                partitionBy == null ? null : PartitionTerm.change(table, PartitionTerm.parse(partitionBy));
        if (partitions != null) {
            partitions.commit();
        }
        table.refresh();
        return table;
    }

    @Override
    public void close() {
        catalog.close();
    }
}
