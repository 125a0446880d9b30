package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.format.ColumnSummary;
import io.millrace.spi.format.FileSummary;
import io.millrace.spi.row.JavaValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of a file's values, so that readers can pass it over: bounds and NULLs of its first columns that are
 * no lists, maps or rows. Bounds of text are cut, and those of times are whole milliseconds, as Delta's own writers have
 * it; each way outwards.
 */
final class FileStatistics {

    private static final int COLUMNS_MAX = 32;
    private static final int TEXT_LENGTH_MAX = 32;
    private static final long MICROS_PER_MILLI = 1000;
    private static final DateTimeFormatter WALL_CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final long MICROS_MIN = JavaValues.micros(Instant.parse("0001-01-01T00:00:00Z"));
    private static final long MICROS_MAX = JavaValues.micros(Instant.parse("9999-12-31T23:59:59Z"));

    private FileStatistics() {}

    /** @param schema the table's columns, which have the types */
    static String of(FileSummary file, FileNote note, JsonNode schema) {
        ObjectNode statistics = Json.object().put("numRecords", file.rows());
        ObjectNode min = statistics.putObject("minValues");
        ObjectNode max = statistics.putObject("maxValues");
        ObjectNode nulls = statistics.putObject("nullCount");
        for (int i = 0; i < Math.min(COLUMNS_MAX, note.columns().size()); i++) {
            String name = note.columns().get(i);
            ColumnSummary column = file.columns().get(file.fields().get(i).id());
            int place = TableSchema.find(schema, name);
            if (column == null || place < 0) {
                continue;
            }
            if (column.nulls() >= 0) {
                nulls.put(name, column.nulls());
            }
            String type = schema.path("fields").get(place).path("type").asText();
            JsonNode least = column.min() == null ? null : bound(type, column.min(), false);
            JsonNode greatest = column.max() == null ? null : bound(type, column.max(), true);
            if (least != null) {
                min.set(name, least);
            }
            if (greatest != null) {
                max.set(name, greatest);
            }
        }
        return statistics.toString();
    }

    private static @Nullable JsonNode bound(String type, Object value, boolean upper) {
        ObjectNode holder = Json.object();
        switch (type) {
            case "byte", "short", "integer", "long" -> holder.put("v", ((Number) value).longValue());
            case "float", "double" -> {
                double number = ((Number) value).doubleValue();
                // Readers of Delta have NaN above all numbers, and a file does not say whether it has one.
                if (Double.isFinite(number) && !upper) {
                    holder.put("v", number);
                }
            }
            case "string" -> holder.put("v", text(new String((byte[]) value, StandardCharsets.UTF_8), upper));
            case "date" -> holder.put("v", day(((Number) value).longValue()));
            case "timestamp" -> holder.put("v", time(((Number) value).longValue(), upper, "Z"));
            case "timestamp_ntz" -> holder.put("v", time(((Number) value).longValue(), upper, ""));
            default -> {
                if (type.startsWith("decimal(")) {
                    holder.put("v", decimal(type, value));
                }
            }
        }
        JsonNode bound = holder.path("v");
        return bound.isValueNode() && !bound.isNull() ? bound : null;
    }

    private static BigDecimal decimal(String type, Object value) {
        int scale = Integer.parseInt(
                type.substring(type.indexOf(',') + 1, type.length() - 1).strip());
        return value instanceof byte[] bytes
                ? new BigDecimal(new BigInteger(bytes), scale)
                : BigDecimal.valueOf(((Number) value).longValue(), scale);
    }

    private static @Nullable String day(long days) {
        LocalDate day = LocalDate.ofEpochDay(days);
        return day.getYear() >= 1 && day.getYear() <= 9999 ? day.toString() : null;
    }

    private static @Nullable String time(long micros, boolean upper, String zone) {
        if (micros < MICROS_MIN || micros > MICROS_MAX) {
            return null;
        }
        long millis = upper ? Math.ceilDiv(micros, MICROS_PER_MILLI) : Math.floorDiv(micros, MICROS_PER_MILLI);
        return WALL_CLOCK.format(Instant.ofEpochMilli(millis)) + zone;
    }

    /** What is cut off of an upper bound is made up for by the greatest character there is. */
    private static @Nullable String text(String text, boolean upper) {
        if (text.codePointCount(0, text.length()) <= TEXT_LENGTH_MAX) {
            return text;
        }
        int end = text.offsetByCodePoints(0, TEXT_LENGTH_MAX);
        if (!upper) {
            return text.substring(0, end);
        }
        return text.codePointAt(end) == Character.MAX_CODE_POINT
                ? null
                : text.substring(0, end) + Character.toString(Character.MAX_CODE_POINT);
    }
}
