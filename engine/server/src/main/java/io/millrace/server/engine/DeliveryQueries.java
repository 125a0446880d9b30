package io.millrace.server.engine;

import io.millrace.plan.Rowtime;
import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.spi.Options;
import io.millrace.spi.error.DiskErrors;
import io.millrace.sql.catalog.DeliveredQuery;
import io.millrace.sql.catalog.StreamDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Opens the pumps inside deliveries of queries: each writes the log that its delivery empties. */
final class DeliveryQueries {

    private static final String DIRECTORY = "query";

    private final EngineStreams streams;
    private final Queries queries;
    private final OwnedLogs logs;

    DeliveryQueries(EngineStreams streams, Queries queries, OwnedLogs logs) {
        this.streams = streams;
        this.queries = queries;
        this.logs = logs;
    }

    OwnedLogs logs() {
        return logs;
    }

    /**
     * Opens the pump of a delivery.
     *
     * @param task its name among all that runs
     * @param producer what tells it from all others, those of the same name that are gone among them
     * @param directory the delivery's
     * @param stopping whether nobody wants it any more
     */
    Pump open(
            String task,
            DeliveredQuery query,
            CatalogEntry entry,
            String producer,
            Path directory,
            BooleanSupplier stopping) {
        StreamDefinition target = definition(entry, query);
        StreamSink sink = new StreamSink(
                logs.log(target.name()),
                target,
                streams.bounds(target.name()),
                producer,
                query.plan().rowType(),
                IntStream.range(0, target.columns().size()).boxed().toList(),
                query.plan().rowtimeColumn());
        return Pump.open(
                entry.name(),
                query.plan(),
                queries.environmentOf(entry.name(), task + " " + producer),
                sink,
                created(directory(directory)),
                PumpSettings.DEFAULT,
                stopping);
    }

    /** Returns what is in the log of a delivery. */
    StreamDefinition definition(CatalogEntry entry, DeliveredQuery query) {
        return new StreamDefinition(logs.name(entry), query.values(), new Rowtime.Arrival(), Options.NONE);
    }

    /** Returns where the pump of a delivery keeps its state. */
    static Path directory(Path delivery) {
        return delivery.resolve(DIRECTORY);
    }

    private static Path created(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw DiskErrors.of(e, "create", directory);
        }
    }
}
