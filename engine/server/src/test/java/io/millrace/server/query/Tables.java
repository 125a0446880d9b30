package io.millrace.server.query;

import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.CalciteSqlPlanner;
import io.millrace.sql.SqlPlanner;
import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.DeliveryDefinition;
import io.millrace.sql.catalog.PumpDefinition;
import io.millrace.sql.catalog.StreamDefinition;
import io.millrace.sql.catalog.ViewDefinition;
import io.millrace.sql.statement.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Streams {@code t1}, {@code t2} and {@code t3} of rows {@code (a, b, s, ts)} from small domains, NULLs and duplicates
 * among them, in the order in which they come. Times are at most {@link #DELAY_SECONDS} out of order.
 */
final class Tables {

    static final int DELAY_SECONDS = 5;

    static final RowType COLUMNS = RowType.of(
            Field.nullable("a", DataType.INTEGER),
            Field.nullable("b", DataType.BIGINT),
            Field.nullable("s", DataType.VARCHAR),
            Field.nullable("ts", DataType.TIMESTAMP));

    /** When all rows arrived. */
    static final long ARRIVED_MICROS = 1_700_000_500_000_000L;

    private static final long START_MICROS = 1_700_000_000_000_000L;

    /** A row on its way. */
    record Arrival(String table, List<@Nullable Object> values) {}

    private final List<Arrival> arrivals = new ArrayList<>();

    static Tables random(Random random, int rows) {
        return random(random, rows, 4, 5, 3);
    }

    /** Returns rows whose times are whole seconds, so that some have the same. */
    static Tables inSeconds(Random random, int rows) {
        Tables tables = random(random, rows);
        tables.arrivals.replaceAll(arrival -> {
            List<@Nullable Object> values = new ArrayList<>(arrival.values());
            if (values.getLast() instanceof LocalDateTime time) {
                values.set(values.size() - 1, time.truncatedTo(ChronoUnit.SECONDS));
            }
            return new Arrival(arrival.table(), values);
        });
        return tables;
    }

    /** Returns rows of so many different values in each column. */
    static Tables random(Random random, int rows, int ofA, int ofB, int ofS) {
        return random(random, rows, ofA, ofB, ofS, DELAY_SECONDS);
    }

    /** Returns rows of which some are later than a watermark allows. */
    static Tables late(Random random, int rows) {
        return random(random, rows, 4, 5, 3, 8 * DELAY_SECONDS);
    }

    private static Tables random(Random random, int rows, int ofA, int ofB, int ofS, int delaySeconds) {
        Tables tables = new Tables();
        long micros = START_MICROS;
        for (int i = 0; i < rows; i++) {
            micros += random.nextInt(1_500_000);
            long late = random.nextInt(delaySeconds * 1_000_000);
            tables.arrivals.add(new Arrival(
                    "t" + (1 + random.nextInt(3)),
                    Arrays.asList(
                            random.nextInt(6) == 0 ? null : (Integer) random.nextInt(ofA),
                            random.nextInt(8) == 0 ? null : (Long) (long) random.nextInt(ofB),
                            random.nextInt(8) == 0 ? null : "s" + random.nextInt(ofS),
                            random.nextInt(12) == 0
                                    ? null
                                    : LocalDateTime.ofInstant(JavaValues.instant(micros - late), ZoneOffset.UTC))));
        }
        return tables;
    }

    /** Returns tables of rows from large domains, so that there are many keys, some of which meet. */
    static Tables wide(Random random, int rows) {
        Tables tables = new Tables();
        for (int i = 0; i < rows; i++) {
            tables.arrivals.add(new Arrival(
                    "t" + (1 + random.nextInt(3)),
                    Arrays.asList(
                            random.nextInt(40) == 0 ? null : (Integer) random.nextInt(rows / 4),
                            random.nextInt(40) == 0 ? null : (Long) random.nextLong(rows),
                            random.nextInt(40) == 0 ? null : "text of some length " + random.nextInt(rows / 4),
                            LocalDateTime.ofInstant(
                                    JavaValues.instant(START_MICROS + random.nextInt(rows)), ZoneOffset.UTC))));
        }
        return tables;
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    List<List<@Nullable Object>> rows(String table) {
        return arrivals.stream()
                .filter(arrival -> arrival.table().equals(table))
                .map(Arrival::values)
                .toList();
    }

    /** Returns a row as a scan of these columns reads it; ROWTIME is the row's time. */
    static @Nullable Object[] projected(List<@Nullable Object> row, RowType columns) {
        return columns.fields().stream()
                .map(field -> field.name().equals(SystemColumns.ROWTIME.name())
                        ? row.getLast()
                        : row.get(COLUMNS.indexOf(field.name())))
                .toArray();
    }

    static SqlPlanner planner() {
        Map<String, StreamDefinition> streams = new LinkedHashMap<>();
        SqlPlanner empty = new CalciteSqlPlanner(new Streams(streams));
        for (String table : List.of("t1", "t2", "t3")) {
            Statement statement = empty.plan(
                            "CREATE STREAM " + table + " (a INTEGER, b BIGINT, s VARCHAR, ts TIMESTAMP,"
                                    + " WATERMARK FOR ts AS ts - INTERVAL '" + DELAY_SECONDS + "' SECOND)",
                            List.of())
                    .statement();
            streams.put(table, ((Statement.CreateStream) statement).stream());
        }
        return new CalciteSqlPlanner(new Streams(streams));
    }

    private record Streams(Map<String, StreamDefinition> all) implements Catalog {
        @Override
        public @Nullable StreamDefinition stream(String name) {
            return all.get(name.toLowerCase(java.util.Locale.ROOT));
        }

        @Override
        public @Nullable ViewDefinition view(String name) {
            return null;
        }

        @Override
        public @Nullable PumpDefinition pump(String name) {
            return null;
        }

        @Override
        public @Nullable DeliveryDefinition delivery(String name) {
            return null;
        }

        @Override
        public Collection<StreamDefinition> streams() {
            return all.values();
        }

        @Override
        public Collection<ViewDefinition> views() {
            return List.of();
        }

        @Override
        public Collection<PumpDefinition> pumps() {
            return List.of();
        }

        @Override
        public Collection<DeliveryDefinition> deliveries() {
            return List.of();
        }
    }
}
