package io.millrace.server.engine;

import io.millrace.delivery.Delivery;
import io.millrace.delivery.DeliveryFormat;
import io.millrace.delivery.DeliveryOptions;
import io.millrace.delivery.DeliverySetup;
import io.millrace.delivery.transform.JavaFunctions;
import io.millrace.delivery.transform.RecordDecoder;
import io.millrace.delivery.transform.TableGrowth;
import io.millrace.delivery.transform.Transformation;
import io.millrace.delivery.transform.TransformedSource;
import io.millrace.spi.Options;
import io.millrace.spi.connector.BreakableCalls;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.Table;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Opens deliveries: their formats, their destinations, their sources. Safe for use by several threads. */
final class DeliveryOpener {

    private final EngineStreams streams;
    private final Destinations destinations;
    private final Tables tables;
    private final ErrorStream errors;
    private final JavaFunctions functions;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Delivery> open = new ConcurrentHashMap<>();

    DeliveryOpener(
            EngineStreams streams,
            Formats formats,
            ErrorStream errors,
            JavaFunctions functions,
            InstantSource clock,
            RandomGenerator random) {
        this.streams = streams;
        this.destinations = new Destinations(formats, clock);
        this.tables = new Tables(formats, clock);
        this.errors = errors;
        this.functions = functions;
        this.clock = clock;
        this.random = random;
    }

    /** Returns by shard how far a delivery was when it was last open; empty where it never was. */
    Map<String, Long> storedPositions(Path directory) {
        try {
            return Delivery.storedPositions(journal(directory));
        } catch (IOException e) {
            throw DiskErrors.of(e, "read", journal(directory));
        }
    }

    /** Has a delivery that was never open begin at a place; where none is told, its options say where. */
    void begin(Path directory, Map<String, Long> positions) {
        try {
            Delivery.begin(journal(directory), positions, random);
        } catch (IOException e) {
            throw DiskErrors.of(e, "write", journal(directory));
        }
    }

    private static Path journal(Path directory) {
        return directory.resolve("journal");
    }

    /** Fails where the delivery could not be opened: a wrong option, a format without a form for a column. */
    void check(DeliveryDefinition delivery, RowType columns) {
        DeliveryOptions options = DeliveryOptions.from(options(delivery));
        if (options.startsAtLatest() && delivery.query() != null) {
            throw Options.invalid("start", "latest", "it for a stream; a query says with WHERE which rows it wants");
        }
        Transformation transformation = transformation(delivery);
        refuseUntimed(delivery, options, transformation);
        try {
            RowType data = data(delivery, columns, transformation);
            if (tables.has(delivery)) {
                refuseKeys(delivery, transformation, data);
                if (isAwaited(data, transformation)) {
                    tables.checkAwaited(delivery);
                } else {
                    tables.check(ofData(delivery, data, transformation), rows(data, transformation));
                }
                return;
            }
            refuseRouting(delivery, transformation);
            Delivery.check(rows(data, transformation), destinations.format(delivery), options);
            destinations.check(delivery, data);
        } catch (IOException e) {
            throw failure(delivery, e);
        }
    }

    private @Nullable Transformation transformation(DeliveryDefinition delivery) {
        return Transformation.from(options(delivery), delivery.name(), functions);
    }

    private Options options(DeliveryDefinition delivery) {
        return tables.has(delivery) ? Tables.withErrorNames(delivery.options()) : delivery.options();
    }

    /** Returns the columns that are data: the stream's, those of the table, or one for whole records. */
    private RowType data(DeliveryDefinition delivery, RowType columns, @Nullable Transformation transformation)
            throws IOException {
        if (transformation != null && transformation.readAs().isPresent()) {
            return ofTable(delivery, transformation.readAs().get());
        }
        return transformation != null && transformation.wholeRecords() ? RecordSource.WHOLE : columns;
    }

    private RowType ofTable(DeliveryDefinition delivery, String format) throws IOException {
        if (!tables.has(delivery) || delivery.query() != null) {
            throw Options.invalid(
                    Transformation.READ_AS,
                    format,
                    "a stream that goes to a table, with whose columns records are read");
        }
        return delivery.options().getBoolean(Transformation.CREATION, false)
                ? tables.columnsOrNone(delivery)
                : tables.columns(delivery);
    }

    /** Returns whether the delivery's table is not there, and is made of the first record. */
    private static boolean isAwaited(RowType data, @Nullable Transformation transformation) {
        return transformation != null && transformation.createsTable() && data.size() == 0;
    }

    /** How a table is parted that would be made here is of no meaning for one that is there. */
    private static DeliveryDefinition ofData(
            DeliveryDefinition delivery, RowType data, @Nullable Transformation transformation) {
        if (transformation == null || !transformation.createsTable() || isAwaited(data, transformation)) {
            return delivery;
        }
        return new DeliveryDefinition(
                delivery.name(),
                delivery.source(),
                delivery.query(),
                delivery.url(),
                delivery.options().without("partition_by"));
    }

    /** Returns how the table comes by columns that records have and it lacks; null where it has no others. */
    private @Nullable TableGrowth growth(
            DeliveryDefinition delivery, RowType data, @Nullable Transformation transformation) {
        boolean awaited = isAwaited(data, transformation);
        if (transformation == null || !(transformation.evolvesSchema() || awaited)) {
            return null;
        }
        return new TableGrowth(!awaited, transformation.evolvesSchema(), wanted -> {
            try {
                tables.check(delivery, rows(wanted, transformation));
            } catch (IOException e) {
                throw failure(delivery, e);
            }
        });
    }

    private void grow(
            DeliveryDefinition delivery, RowType wanted, @Nullable Transformation transformation, Path directory) {
        try {
            tables.grow(delivery, rows(wanted, transformation), directory);
        } catch (IOException e) {
            throw failure(delivery, e);
        }
    }

    private static void refuseRouting(DeliveryDefinition delivery, @Nullable Transformation transformation) {
        if (transformation != null && transformation.routes()) {
            throw Options.invalid("route", delivery.options().get("route", ""), "a destination that is a table");
        }
    }

    /** Returns the columns that the delivery reads: its data, and what partitions are named by. */
    private static RowType rows(RowType data, @Nullable Transformation transformation) {
        return transformation == null ? data : transformation.rows(data);
    }

    private static void refuseKeys(DeliveryDefinition delivery, @Nullable Transformation transformation, RowType data) {
        if (!rows(data, transformation).equals(data)
                && !Objects.requireNonNull(transformation).routes()) {
            throw Options.invalid(
                    "partition_query",
                    delivery.options().get("partition_query", ""),
                    "a destination of files; a table is parted by its columns");
        }
    }

    /** Files can be ended by the time of their rows where somebody says which rows may still come. */
    private static void refuseUntimed(
            DeliveryDefinition delivery, DeliveryOptions options, @Nullable Transformation transformation) {
        DeliveredQuery query = delivery.query();
        if (options.rollWatermark() == null) {
            return;
        }
        String slice = delivery.options().get(DeliveryOptions.ROLL_WATERMARK, "");
        if (transformation != null) {
            throw Options.invalid(
                    DeliveryOptions.ROLL_WATERMARK,
                    slice,
                    "it without steps that transform records: what comes out of them has no watermark");
        }
        if (query != null && query.plan().rowtimeColumn() < 0) {
            throw Options.invalid(
                    DeliveryOptions.ROLL_WATERMARK,
                    slice,
                    "a query that keeps ROWTIME, which has a watermark; SELECT STREAM ROWTIME, … does");
        }
    }

    private Source source(
            DeliveryDefinition delivery,
            StreamDefinition source,
            RowType data,
            @Nullable Transformation transformation) {
        if (delivery.options().has(DeliveryOptions.ROLL_WATERMARK)) {
            return streams.timed(source, data, delivery.query() != null);
        }
        if (transformation == null) {
            return streams.source(source, data);
        }
        if (transformation.isPlain()) {
            return streams.records(source);
        }
        return new TransformedSource(
                streams.records(source),
                source.name(),
                transformation,
                decoder(source, data, transformation),
                growth(delivery, data, transformation),
                clock);
    }

    private RecordDecoder decoder(StreamDefinition source, RowType data, Transformation transformation) {
        return transformation
                .readAs()
                .map(format -> streams.decoder(format, data))
                .orElseGet(() -> transformation.wholeRecords() ? streams.wholeRecords() : streams.decoder(source));
    }

    /**
     * Opens a delivery.
     *
     * @param source the stream to read, a user's or one of the delivery's own
     * @param columns the columns of it that are delivered
     * @param stopping whether nobody wants it any more, so that a destination that does not answer is not waited for
     */
    TaskThread.Task open(
            DeliveryDefinition delivery,
            StreamDefinition source,
            RowType columns,
            Path directory,
            LogHolds holds,
            BooleanSupplier stopping) {
        Transformation transformation = transformation(delivery);
        ObjectStore store = null;
        try {
            BreakableCalls calls = new BreakableCalls("delivery '" + delivery.name() + "'", stopping);
            RowType data = tables.has(delivery)
                    ? calls.run(() -> data(delivery, columns, transformation))
                    : data(delivery, columns, transformation);
            DeliveryDefinition known = ofData(delivery, data, transformation);
            store = tables.has(delivery)
                    ? calls.run(() -> table(known, data, transformation, directory))
                    : destinations.open(
                            delivery, source.name(), data, directory, entry -> report(delivery.name(), entry));
            DeliverySetup setup = new DeliverySetup(
                    delivery.name(),
                    delivery.query() == null ? source.name() : delivery.name(),
                    source(known, source, data, transformation),
                    rows(data, transformation),
                    store instanceof Table table ? DeliveryFormat.of(table) : destinations.format(delivery),
                    store,
                    journal(directory),
                    DeliveryOptions.from(options(delivery)),
                    clock,
                    random,
                    entry -> report(delivery.name(), entry));
            Delivery opened = Delivery.open(setup);
            open.put(delivery.name(), opened);
            return new DeliveryTask(
                    opened,
                    setup.source(),
                    source.name(),
                    holds,
                    wanted -> grow(known, wanted, transformation, directory));
        } catch (IOException e) {
            closeQuietly(store, e);
            throw failure(delivery, e);
        } catch (RuntimeException e) {
            closeQuietly(store, e);
            throw e;
        }
    }

    private Table table(
            DeliveryDefinition delivery, RowType data, @Nullable Transformation transformation, Path directory)
            throws IOException {
        return isAwaited(data, transformation)
                ? tables.await(delivery)
                : tables.open(delivery, rows(data, transformation), directory);
    }

    /** What was opened for a delivery that then could not be is let go: a connection, a catalog. */
    private static void closeQuietly(@Nullable ObjectStore store, Exception failure) {
        try {
            if (store != null) {
                store.close();
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Tells whether a delivery goes to something that wants to be kept in order beside it. */
    boolean hasUpkeep(DeliveryDefinition delivery, RowType columns, Path directory) {
        return tables.has(delivery) && tables.upkeep(delivery, columns, directory) != null;
    }

    /** Opens what keeps a delivery's table in order. */
    TaskThread.Task openUpkeep(DeliveryDefinition delivery, RowType columns, Path directory) {
        try {
            RowType data = data(delivery, columns, transformation(delivery));
            return new UpkeepTask(delivery.name(), Objects.requireNonNull(tables.upkeep(delivery, data, directory)));
        } catch (IOException e) {
            throw failure(delivery, e);
        }
    }

    private void report(String delivery, RejectedEntry entry) {
        errors.write(delivery, List.of(entry)).join();
    }

    /** Returns the delivery of this name as it was last opened, or null. */
    @Nullable
    Delivery find(String name) {
        return open.get(name);
    }

    /** Forgets a delivery that was stopped: another one may get its name. */
    void forget(String name) {
        open.remove(name);
    }

    private static MillraceException failure(DeliveryDefinition delivery, IOException e) {
        String what = "delivery '" + delivery.name() + "' cannot be opened";
        if (e instanceof FileSystemException || DiskErrors.isDiskFull(e)) {
            return DiskErrors.of(e, what);
        }
        // A database, a server: they answer no, or not at all.
        return new MillraceException(
                ErrorCode.IO_ERROR,
                what + ": " + DiskErrors.reason(e),
                "see that the destination can be reached from here and that it lets this user in",
                e);
    }
}
