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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Opens the tables that deliveries append to. Safe for use by several threads. */
final class Tables {

    private static final String FORMAT = "parquet";
    private static final Set<String> LAYOUT_OPTIONS = Set.of("partition_by", "partitions_max");

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
        TableSetup setup = setup(delivery, columns, "");
        setup.format().writer(columns, OutputStream.nullOutputStream(), setup.formatOptions());
        factory(delivery).check(setup);
    }

    /**
     * Opens a delivery's table.
     *
     * @param directory the delivery's own, whose name is its alone
     */
    Table open(DeliveryDefinition delivery, RowType columns, Path directory) throws IOException {
        return factory(delivery).open(setup(delivery, columns, identity(directory)));
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
