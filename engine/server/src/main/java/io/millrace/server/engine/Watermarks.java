package io.millrace.server.engine;

import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.SplitTime;
import io.millrace.runtime.pump.Pump;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.JavaValues;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the time of each shard has come that a pump, a view or the query of a delivery reads, and which shards hold the
 * others back: those with the least bound of all that are not idle, where another is further.
 */
final class Watermarks {

    private static final long MICROS_PER_MILLI = 1000;

    private final LiveCatalog catalog;
    private final Running running;
    private final ReadLogs logs;
    private final long nowMicros;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    Watermarks(LiveCatalog catalog, Running running, ReadLogs logs, InstantSource clock) {
        this.catalog = catalog;
        this.running = running;
        this.logs = logs;
        this.nowMicros = JavaValues.micros(clock.instant());
    }

    /** Returns the rows of SHOW WATERMARKS. */
    List<List<@Nullable Object>> rows() {
        for (PumpDefinition pump : catalog.pumps()) {
            add("pump", pump.name(), running.pumps().find(pump.name()));
        }
        for (ViewDefinition view : catalog.views()) {
            add("view", view.name(), running.views().pump(view.name()));
        }
        for (DeliveryDefinition delivery : catalog.deliveries()) {
            add("delivery", delivery.name(), running.deliveries().pump(delivery.name()));
        }
        return rows;
    }

    private void add(String kind, String name, @Nullable Pump pump) {
        if (pump == null) {
            return;
        }
        // What a query reads twice has been read as far as the scan that is behind.
        Map<String, SplitTime> shards = new LinkedHashMap<>();
        for (SplitTime time : pump.splitTimes()) {
            shards.merge(
                    time.stream() + " " + time.split(), time, (a, b) -> a.boundMicros() <= b.boundMicros() ? a : b);
        }
        long furthest = Operator.NO_BOUND;
        long least = Operator.CLOSED;
        for (SplitTime shard : shards.values()) {
            if (shard.boundMicros() != Operator.CLOSED) {
                furthest = Math.max(furthest, shard.boundMicros());
                least = idle(shard) ? least : Math.min(least, shard.boundMicros());
            }
        }
        for (SplitTime shard : shards.values()) {
            rows.add(row(kind, name, shard, furthest, least));
        }
    }

    private List<@Nullable Object> row(String kind, String name, SplitTime shard, long furthest, long least) {
        long bound = shard.boundMicros();
        boolean known = bound != Operator.NO_BOUND && bound != Operator.CLOSED;
        return Arrays.asList(
                kind,
                name,
                shard.stream(),
                shard.split(),
                Listings.time(bound),
                known ? (Object) ((furthest - bound) / MICROS_PER_MILLI) : null,
                unread(shard),
                idle(shard),
                !idle(shard) && bound == least && least < furthest);
    }

    private boolean idle(SplitTime shard) {
        return unread(shard) == 0 && shard.idleAt(nowMicros);
    }

    private long unread(SplitTime shard) {
        StreamLog read = logs.ifReadable(shard.stream());
        for (ShardLog log : read == null ? List.<ShardLog>of() : read.shards()) {
            if (log.description().id().equals(shard.split())) {
                return Math.max(0, log.endIndex() - shard.position());
            }
        }
        return 0;
    }
}
