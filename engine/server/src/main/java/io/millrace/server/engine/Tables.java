package io.millrace.server.engine;

import io.millrace.delivery.DeliveryOptions;
import io.millrace.delivery.layout.LayoutOptions;
import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableFactory;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.DeliveryDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Opens the tables that deliveries append to. Safe for use by several threads. */
final class Tables {

    private static final String FORMAT = "parquet";
    private static final RowType NONE = new RowType(List.of());
    private static final Set<String> LAYOUT_OPTIONS = Set.of("partition_by", "partitions_max");

    /** Where rows are kept that the table did not take, as lines of JSON, and what the names of their files begin with. */
    private static final String BACKUP = "backup";

    private static final String BACKUP_ERROR_PREFIX = "backup_error_prefix";
    private static final String ERROR_PREFIX = "error_output_prefix";
    private static final String ERROR_PREFIX_DEFAULT = "failed/";

    private final Formats formats;
    private final InstantSource clock;

    Tables(Formats formats, InstantSource clock) {
        this.formats = formats;
        this.clock = clock;
    }

    /** Tells whether a delivery goes to a table. */
    boolean has(DeliveryDefinition delivery) {
        return formats.table(Destinations.location(delivery.url())) != null;
    }

    /** Fails where the table could not be opened for these columns. */
    void check(DeliveryDefinition delivery, RowType columns) throws IOException {
        checkAwaited(delivery);
        TableSetup setup = setup(delivery, columns, "");
        setup.format().writer(columns, OutputStream.nullOutputStream(), setup.formatOptions());
        factory(delivery).check(setup);
    }

    /** Fails for options that no table could be opened with, whatever its columns. */
    void checkAwaited(DeliveryDefinition delivery) throws IOException {
        for (String name : LayoutOptions.NAMES) {
            if (delivery.options().has(name) && !LAYOUT_OPTIONS.contains(name)) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "option '" + name + "' is about files, and '" + delivery.shownUrl() + "' is a table",
                        "leave it out");
            }
        }
        String format = DeliveryOptions.formatName(delivery.options(), FORMAT);
        if (!format.equals(FORMAT)) {
            throw Options.invalid("format", format, "none, or parquet: it is what tables are made of here");
        }
        checkBackup(delivery.options());
    }

    private void checkBackup(Options options) throws IOException {
        if (options.has(BACKUP)) {
            try (ObjectStore backup = backup(options)) {
                backup.staged("");
            }
        } else if (options.has(BACKUP_ERROR_PREFIX)) {
            throw Options.invalid(
                    BACKUP_ERROR_PREFIX,
                    options.get(BACKUP_ERROR_PREFIX, ""),
                    "a place for it too, such as backup = 'file:///lake/backup'");
        }
    }

    private ObjectStore backup(Options options) {
        return store(Destinations.location(options.get(BACKUP, "")), options);
    }

    /** Returns a delivery's options with the names that files of errors have where there is a place for them. */
    static Options withErrorNames(Options options) {
        if (!options.has(BACKUP)) {
            return options;
        }
        Map<String, String> all = new TreeMap<>(options.asMap());
        all.put(ERROR_PREFIX, options.get(BACKUP_ERROR_PREFIX, ERROR_PREFIX_DEFAULT));
        return new Options(all);
    }

    /** Returns the columns that a delivery's table has now. */
    RowType columns(DeliveryDefinition delivery) throws IOException {
        return factory(delivery).columns(setup(delivery, NONE, ""));
    }

    /** Returns the columns that a delivery's table has now; none where it is not there. */
    RowType columnsOrNone(DeliveryDefinition delivery) throws IOException {
        try {
            return columns(delivery);
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.UNDEFINED_NAME) {
                throw e;
            }
            return NONE;
        }
    }

    /** Opens what stands in the place of a table that is not there yet. */
    Table await(DeliveryDefinition delivery) {
        Table table = new AwaitedTable(delivery.shownUrl());
        return delivery.options().has(BACKUP) ? new TableWithErrors(table, backup(delivery.options())) : table;
    }

    /** Gives a delivery's table these columns, and makes it where it is missing. */
    void grow(DeliveryDefinition delivery, RowType columns, Path directory) throws IOException {
        factory(delivery).open(setup(delivery, columns, identity(directory))).close();
    }

    /**
     * Opens a delivery's table.
     *
     * @param directory the delivery's own, whose name is its alone
     */
    Table open(DeliveryDefinition delivery, RowType columns, Path directory) throws IOException {
        Table table = factory(delivery).open(setup(delivery, columns, identity(directory)));
        if (!delivery.options().has(BACKUP)) {
            return table;
        }
        try {
            return new TableWithErrors(table, backup(delivery.options()));
        } catch (RuntimeException e) {
            table.close();
            throw e;
        }
    }

    /** Returns what keeps a delivery's table in order, or null where nothing is to. */
    @Nullable
    TableUpkeep upkeep(DeliveryDefinition delivery, RowType columns, Path directory) {
        return factory(delivery).upkeep(setup(delivery, columns, identity(directory)));
    }

    private static String identity(Path directory) {
        return String.valueOf(directory.getFileName());
    }

    private TableFactory factory(DeliveryDefinition delivery) {
        TableFactory factory = formats.table(Destinations.location(delivery.url()));
        if (factory == null) {
            throw new IllegalArgumentException("'" + delivery.shownUrl() + "' is no table");
        }
        return factory;
    }

    private TableSetup setup(DeliveryDefinition delivery, RowType columns, String identity) {
        TableFactory factory = factory(delivery);
        Set<String> others = new TreeSet<>(factory.options());
        formats.storeOptions().forEach(others::add);
        others.addAll(List.of(BACKUP, BACKUP_ERROR_PREFIX));
        return new TableSetup(
                delivery.name(),
                identity,
                Destinations.location(delivery.url()),
                delivery.options().only(factory.options()),
                DeliveryOptions.formatOptions(delivery.options()).without(others.toArray(String[]::new)),
                columns,
                formats.tableFileFormat(FORMAT),
                place -> store(place, delivery.options()),
                clock);
    }

    private ObjectStore store(URI place, Options options) {
        ObjectStoreFactory factory = formats.store(place);
        return factory.open(place, options.only(factory.options()));
    }
}
