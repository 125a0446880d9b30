package io.millrace.server.engine;

import io.millrace.runtime.RejectedRows;
import io.millrace.spi.Options;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.catalog.Schemas;
import io.millrace.sql.catalog.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stream of what could not be used: malformed records, rows that failed, late rows. Its first seven
 * columns are those of Kinesis Data Analytics; the others say where the entry is and show it as text.
 */
final class ErrorStream {

    static final String NAME = Schemas.ERROR_STREAM;

    private static final int DATA_ROW_MAX = 49_152;

    static final StreamDefinition DEFINITION = new StreamDefinition(
            NAME,
            RowType.of(
                    Field.required("ERROR_TIME", DataType.TIMESTAMP),
                    Field.required("ERROR_LEVEL", new CharacterType(10, false)),
                    Field.required("ERROR_NAME", new CharacterType(32, false)),
                    Field.required("MESSAGE", new CharacterType(4096, false)),
                    Field.nullable("DATA_ROWTIME", DataType.TIMESTAMP),
                    Field.nullable("DATA_ROW", new CharacterType(DATA_ROW_MAX, false)),
                    Field.nullable("PUMP_NAME", new CharacterType(128, false)),
                    Field.required("SOURCE", DataType.VARCHAR),
                    Field.required("POSITION", DataType.VARCHAR),
                    Field.nullable("DATA_TEXT", DataType.VARCHAR)),
            new io.millrace.plan.Rowtime.Arrival(),
            new Options(Map.of("format", "json")));

    private static final int REMEMBERED_MAX = 100_000;

    private final Supplier<? extends StreamLog> log;
    private final InstantSource clock;
    private final Set<String> remembered = ConcurrentHashMap.newKeySet();

    ErrorStream(Supplier<? extends StreamLog> log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Returns what takes the rejected rows of a pump or a view: each of its steps once.
     *
     * @param user its name
     * @param producer what tells it from all others, those of the same name that are gone among them
     */
    RejectedRows of(String user, String producer) {
        return (step, entries) -> append(user, entries, new ProducerStep("rejected:" + producer, step));
    }

    /**
     * Takes what queries reject, or what a delivery meets. The same entry is written once while this process lives,
     * however often it is met.
     *
     * @param user name of the delivery, empty for a query
     */
    CompletableFuture<Void> write(String user, List<RejectedEntry> entries) {
        return append(user, entries.stream().filter(entry -> isNew(user, entry)).toList(), null);
    }

    private CompletableFuture<Void> append(String user, List<RejectedEntry> entries, @Nullable ProducerStep step) {
        if (entries.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        RowBatch rows = RowBatch.create(DEFINITION.columns(), entries.size());
        entries.forEach(entry -> JavaValues.append(rows, row(user, entry)));
        ShardLog shard = log.get().shards().getFirst();
        return shard.append(rows, null, LogBatch.NO_BOUND, step).thenApply(appended -> null);
    }

    private boolean isNew(String user, RejectedEntry entry) {
        if (remembered.size() >= REMEMBERED_MAX) {
            remembered.clear();
        }
        return remembered.add(user + '\n' + entry.source() + '\n' + entry.position() + '\n' + entry.reason());
    }

    private static @Nullable LocalDateTime rowtime(RejectedEntry entry) {
        return entry.rowtimeMicros() == RowOrigins.NO_ROWTIME
                ? null
                : LocalDateTime.ofInstant(JavaValues.instant(entry.rowtimeMicros()), ZoneOffset.UTC);
    }

    private List<@Nullable Object> row(String user, RejectedEntry entry) {
        byte[] head = told(entry.data());
        return Arrays.asList(
                LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC),
                "ERROR",
                entry.code().name(),
                cut(entry.reason(), 4096),
                rowtime(entry),
                HexFormat.of().formatHex(head),
                cut(user, 128),
                entry.source(),
                entry.position(),
                new String(head, StandardCharsets.UTF_8));
    }

    /** Returns what of an entry's bytes is told: all, or the first of many. */
    static byte[] told(byte[] data) {
        return data.length <= DATA_ROW_MAX / 2 ? data : Arrays.copyOf(data, DATA_ROW_MAX / 2);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
