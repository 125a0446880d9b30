package io.millrace.format.json;

import io.millrace.spi.Options;
import io.millrace.spi.format.DecodedRows;
import io.millrace.spi.format.RowDecoder;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/**
 * Prints how many records of about 260 bytes one core decodes in a second, of the thread's own processor time, so
 * that other work on the machine matters less. Run its main; it is no test.
 */
final class JsonDecodeTiming {

    private static final int RECORDS = 20_000;
    private static final RowType SCHEMA = RowType.of(
            Field.nullable("event_id", DataType.VARCHAR),
            Field.nullable("user_id", DataType.BIGINT),
            Field.nullable("event_time", DataType.TIMESTAMP),
            Field.nullable("price", DataType.DOUBLE),
            Field.nullable("symbol", DataType.VARCHAR),
            Field.nullable("user_agent", DataType.VARCHAR),
            Field.nullable("quantity", DataType.INTEGER));

    private JsonDecodeTiming() {}

    public static void main(String[] arguments) {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2;
        BytesColumn records = records();
        System.out.printf(Locale.ROOT, "%.0f bytes a record%n", records.ends()[RECORDS - 1] / (double) RECORDS);
        for (int round = 0; round < 3; round++) {
            time("3 of 7", records, seconds, 1, 4, 3);
            time("3 of 7, one of them the time", records, seconds, 1, 2, 3);
            time("7 of 7", records, seconds, 0, 1, 2, 3, 4, 5, 6);
            time("0 of 7", records, seconds);
            timeEncoder(records, seconds);
        }
    }

    private static void time(String what, BytesColumn records, double seconds, int... needed) {
        RowDecoder decoder = new JsonFormat().decoder(SCHEMA, needed, Options.NONE, JsonRecords.NO_COMPILER);
        DecodedRows out = new DecodedRows(RowBatch.create(SCHEMA.project(needed), RECORDS));
        long rows = 0;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long end = start + (long) (seconds * 1e9);
        while (threads.getCurrentThreadCpuTime() < end) {
            for (int from = 0; from < RECORDS; from += 2_000) {
                out.clear();
                decoder.decode(records, from, from + 2_000, out);
                rows += out.rows().size();
            }
        }
        double elapsed = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        double bytes = rows * (double) records.ends()[RECORDS - 1] / RECORDS;
        System.out.printf(
                Locale.ROOT, "%-30s %6.2f M rows/s %6.2f GB/s%n", what, rows / elapsed / 1e6, bytes / elapsed / 1e9);
    }

    private static void timeEncoder(BytesColumn records, double seconds) {
        DecodedRows rows = new DecodedRows(RowBatch.create(SCHEMA, RECORDS));
        new JsonFormat()
                .decoder(SCHEMA, new int[] {0, 1, 2, 3, 4, 5, 6}, Options.NONE, JsonRecords.NO_COMPILER)
                .decode(records, 0, 2_000, rows);
        RowEncoder encoder = new JsonFormat().encoder(SCHEMA, Options.NONE);
        BytesColumn out = new BytesColumn(2_000);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long end = start + (long) (seconds * 1e9);
        long count = 0;
        while (threads.getCurrentThreadCpuTime() < end) {
            encoder.encode(rows.rows(), out);
            count += 2_000;
        }
        double elapsed = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "%-30s %6.2f M rows/s%n", "encode 7", count / elapsed / 1e6);
    }

    private static BytesColumn records() {
        Random random = new Random(1);
        BytesColumn records = new BytesColumn(RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            String text = String.format(
                    Locale.ROOT,
                    "{\"event_id\":\"%08x-%04x-4b7c-9d3e-%012x\",\"user_id\":%d,\"event_time\":\"2026-11-%02dT%02d:%02d:%02d.%03dZ\",\"price\":%.2f,\"symbol\":\"%s\",\"user_agent\":\"Mozilla/5.0"
                        + " (X11; Linux x86_64; rv:128.0; en-US) Gecko/20100101 Firefox/128.0 ESR\",\"quantity\":%d}",
                    random.nextInt(),
                    random.nextInt(65536),
                    random.nextLong() & 0xFFFFFFFFFFFFL,
                    random.nextLong(1L << random.nextInt(4, 40)),
                    1 + random.nextInt(28),
                    random.nextInt(24),
                    random.nextInt(60),
                    random.nextInt(60),
                    random.nextInt(1000),
                    random.nextDouble() * Math.pow(10, random.nextInt(1, 5)),
                    "AMZNGOOGIBMORCLX".substring(random.nextInt(12), 12 + random.nextInt(4)),
                    random.nextInt(1, 2000));
            records.append(i, text.getBytes(StandardCharsets.UTF_8));
        }
        return records;
    }
}
