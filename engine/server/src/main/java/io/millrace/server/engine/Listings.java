package io.millrace.server.engine;

import io.millrace.delivery.Delivery;
import io.millrace.delivery.DeliveryOptions;
import io.millrace.delivery.DeliveryStatus;
import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.PumpStatus;
import io.millrace.runtime.view.ViewTask;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.table.Tables;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.CreateText;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.catalog.FunctionDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StoredQuery;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.TableDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.function.FunctionList;
import io.millrace.sql.statement.ResultTypes;
import io.millrace.sql.statement.Statement.ObjectKind;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The answers of SHOW and DESCRIBE. Safe for use by several threads. */
final class Listings {

    private final LiveCatalog catalog;
    private final EngineStreams streams;
    private final Tables tables;
    private final Running running;
    private final ReadLogs logs;
    private final InstantSource clock;

    Listings(
            LiveCatalog catalog,
            EngineStreams streams,
            Tables tables,
            Running running,
            ReadLogs logs,
            InstantSource clock) {
        this.clock = clock;
        this.catalog = catalog;
        this.streams = streams;
        this.tables = tables;
        this.running = running;
        this.logs = logs;
    }

    ResultCursor show(ObjectKind kind) {
        return switch (kind) {
            case STREAM -> streams();
            case TABLE, EXTERNAL_TABLE -> tables();
            case PUMP -> pumps();
            case VIEW -> ListCursor.of(ResultTypes.objects(ObjectKind.VIEW), materialized(), "SHOW");
            case STORED_QUERY -> views();
            case DELIVERY -> deliveries();
            case FUNCTION -> functions();
        };
    }

    private ResultCursor streams() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (StreamDefinition stream : catalog.streams()) {
            MillraceException damage = streams.damage(stream.name());
            String state = damage == null ? "ok" : "damaged: " + damage.describe();
            rows.add(streamRow(stream, state));
        }
        return ListCursor.of(ResultTypes.objects(ObjectKind.STREAM), rows, "SHOW");
    }

    private List<@Nullable Object> streamRow(StreamDefinition stream, String state) {
        StreamOptions options = StreamOptions.of(stream.options(), stream.columns());
        StreamLog log = streams.logIfReadable(stream.name());
        if (log == null) {
            return Arrays.asList(
                    stream.name(),
                    options.format(),
                    options.shards(),
                    0L,
                    options.retention().toHours() + " h",
                    state);
        }
        long entries = log.shards().stream()
                .mapToLong(shard -> shard.endIndex() - shard.firstIndex())
                .sum();
        String retention = streams.describe(stream.name()).retention().toHours() + " h";
        return Arrays.asList(stream.name(), options.format(), log.shards().size(), entries, retention, state);
    }

    private ResultCursor tables() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableDefinition table : catalog.tables()) {
            MillraceException damage = tables.damage(table.name());
            rows.add(Arrays.asList(
                    table.name(),
                    table.key().isEmpty() ? null : String.join(", ", table.keyNames()),
                    damage != null
                            ? null
                            : (Object)
                                    (long) tables.table(table.name()).version().rowCount(),
                    damage == null ? "ok" : "damaged: " + damage.describe()));
        }
        for (ExternalTable table : catalog.externalTables()) {
            rows.add(Arrays.asList(table.name(), null, null, kind(table) + table.shownUrl() + watched(table)));
        }
        return ListCursor.of(ResultTypes.objects(ObjectKind.TABLE), rows, "SHOW");
    }

    private String watched(ExternalTable table) {
        return table.watched() ? ", watched: " + running.state(ObjectKind.EXTERNAL_TABLE, table.name()) : "";
    }

    private static String kind(ExternalTable table) {
        return table.ofDatabase() ? "table of " : table.ofIceberg() ? "table " : "files ";
    }

    private ResultCursor pumps() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (PumpDefinition pump : catalog.pumps()) {
            Pump open = running.pumps().find(pump.name());
            PumpStatus status = open == null ? null : open.status();
            rows.add(Arrays.asList(
                    pump.name(),
                    pump.target(),
                    running.state(ObjectKind.PUMP, pump.name()),
                    status == null ? null : (Object) status.step(),
                    status == null ? null : (Object) status.rowsIn(),
                    status == null ? null : (Object) status.rowsOut(),
                    status == null ? null : (Object) status.lateRows(),
                    status == null ? null : (Object) status.rejectedRows(),
                    status == null ? null : time(status.rowtimeBound())));
        }
        return ListCursor.of(ResultTypes.objects(ObjectKind.PUMP), rows, "SHOW");
    }

    /** Those of both kinds, by name. */
    private ResultCursor views() {
        List<List<@Nullable Object>> rows = materialized();
        for (StoredQuery view : catalog.storedQueries()) {
            rows.add(Arrays.asList(view.name(), "query", null, null, null));
        }
        rows.sort(Comparator.comparing(row -> String.valueOf(row.getFirst())));
        return ListCursor.of(ResultTypes.objects(ObjectKind.STORED_QUERY), rows, "SHOW");
    }

    private List<List<@Nullable Object>> materialized() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ViewDefinition view : catalog.views()) {
            ViewTask task = running.views().find(view.name());
            PumpStatus status = task == null ? null : task.pump().status();
            rows.add(Arrays.asList(
                    view.name(),
                    running.state(ObjectKind.VIEW, view.name()),
                    task == null ? null : (Object) task.rowCount(),
                    status == null ? null : (Object) status.step(),
                    status == null ? null : (Object) status.rejectedRows()));
        }
        return rows;
    }

    private ResultCursor deliveries() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (DeliveryDefinition delivery : catalog.deliveries()) {
            Delivery open = running.deliveries().find(delivery.name());
            DeliveryStatus status = open == null ? null : open.status();
            TaskThread.PastFailure failure = running.deliveries().lastFailure(delivery.name());
            rows.add(Arrays.asList(
                    delivery.name(),
                    String.join(", ", CatalogUses.sourcesOf(delivery)),
                    delivery.shownUrl(),
                    status != null && status.state() == DeliveryStatus.State.RETRYING
                            ? "retrying"
                            : running.state(ObjectKind.DELIVERY, delivery.name()),
                    status == null ? null : status.guarantee(),
                    status == null ? null : (Object) status.files(),
                    status == null ? null : (Object) status.rows(),
                    status == null ? null : (Object) status.lag(),
                    status == null ? null : (Object) (status.rejected() + rejectedByQuery(delivery.name())),
                    failure == null ? null : failure.reason(),
                    open == null ? null : lagMillis(open),
                    failure == null ? null : time(JavaValues.micros(failure.at()))));
        }
        return ListCursor.of(ResultTypes.objects(ObjectKind.DELIVERY), rows, "SHOW");
    }

    /** How long ago the oldest record came that is not delivered; null where one waits and nobody knows. */
    private @Nullable Long lagMillis(Delivery delivery) {
        try {
            OptionalLong since = delivery.waitingSinceMicros();
            if (since.isEmpty()) {
                return delivery.status().lag() == 0 ? 0L : null;
            }
            return Math.max(0, clock.millis() - since.getAsLong() / 1000);
        } catch (MillraceException e) {
            // It was delivered and trimmed meanwhile.
            return 0L;
        }
    }

    private long rejectedByQuery(String delivery) {
        Pump query = running.deliveries().pump(delivery);
        return query == null ? 0 : query.status().rejectedRows();
    }

    ResultCursor watermarks() {
        return ListCursor.of(ResultTypes.WATERMARKS, new Watermarks(catalog, running, logs, clock).rows(), "SHOW");
    }

    private ResultCursor functions() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (FunctionDefinition function : catalog.functions()) {
            rows.add(List.of(function.name(), function.signature().arguments(), "user"));
        }
        for (FunctionList.Entry function : FunctionList.ALL) {
            rows.add(List.of(function.name(), function.arguments(), function.kind()));
        }
        return ListCursor.of(ResultTypes.objects(ObjectKind.FUNCTION), rows, "SHOW");
    }

    ResultCursor describe(String name) {
        RowType columns = columns(name);
        if (columns == null) {
            throw missing("stream, table or view", name);
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Field field : columns.fields()) {
            rows.add(Arrays.asList(field.name(), field.type().toString(), field.nullable()));
        }
        return ListCursor.of(ResultTypes.COLUMNS, rows, "DESCRIBE");
    }

    private @Nullable RowType columns(String name) {
        StreamDefinition stream = catalog.stream(name);
        if (stream != null) {
            return stream.columns();
        }
        TableDefinition table = catalog.table(name);
        if (table != null) {
            return table.columns();
        }
        ExternalTable external = catalog.externalTable(name);
        if (external != null) {
            return external.columns();
        }
        StoredQuery query = catalog.storedQuery(name);
        if (query != null) {
            return query.columns();
        }
        ViewDefinition view = catalog.view(name);
        return view == null ? null : view.columns();
    }

    ResultCursor showCreate(ObjectKind kind, String name) {
        String sql = switch (kind) {
            case STREAM -> {
                StreamDefinition stream = catalog.stream(name);
                yield stream == null ? null : CreateText.of(stream.withoutSecrets());
            }
            case TABLE -> {
                TableDefinition table = catalog.table(name);
                yield table == null ? null : CreateText.of(table);
            }
            case EXTERNAL_TABLE -> {
                ExternalTable table = catalog.externalTable(name);
                yield table == null ? null : CreateText.of(table.withoutSecrets());
            }
            case PUMP -> {
                PumpDefinition pump = catalog.pump(name);
                yield pump == null ? null : CreateText.of(pump);
            }
            case VIEW -> {
                ViewDefinition view = catalog.view(name);
                yield view == null ? null : CreateText.of(view);
            }
            case STORED_QUERY -> {
                StoredQuery view = catalog.storedQuery(name);
                yield view == null ? null : CreateText.of(view);
            }
            case DELIVERY -> {
                DeliveryDefinition delivery = catalog.delivery(name);
                yield delivery == null ? null : CreateText.of(shown(delivery));
            }
            case FUNCTION -> {
                FunctionDefinition function = catalog.function(name);
                yield function == null ? null : CreateText.of(function);
            }
        };
        if (sql == null) {
            throw missing(CatalogNames.word(kind), name);
        }
        return ListCursor.of(ResultTypes.CREATE, List.of(List.of(sql)), "SHOW");
    }

    static ResultCursor setting(String name, String value) {
        return ListCursor.of(ResultTypes.setting(name), List.of(List.of(value)), "SHOW");
    }

    static @Nullable LocalDateTime time(long micros) {
        return micros == Long.MIN_VALUE || micros == Long.MAX_VALUE
                ? null
                : LocalDateTime.ofInstant(JavaValues.instant(micros), ZoneOffset.UTC);
    }

    /** A delivery as somebody may type it, which is without what the API noted for its own answers. */
    private static DeliveryDefinition shown(DeliveryDefinition delivery) {
        DeliveryDefinition shown = delivery.withoutSecrets();
        return new DeliveryDefinition(
                shown.name(),
                shown.source(),
                shown.query(),
                shown.url(),
                shown.options().without(DeliveryOptions.REMARK));
    }

    private static MillraceException missing(String what, String name) {
        return new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no " + what + " '" + name + "'");
    }
}
