package io.millrace.server.file;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.Field;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Columns that folders are named after: {@code dt=2026-01-01/city=Bern/part-0.parquet}, as Hive has it. They are
 * columns where all files have the same ones.
 */
final class Partitions {

    /** How Hive writes NULL. */
    static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    /** As with fields of CSV, a zero in front is no number's. */
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d{0,17})");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private Partitions() {}

    /** Returns what the folders of a file say. */
    static Map<String, @Nullable String> keys(String url) {
        Map<String, @Nullable String> keys = new LinkedHashMap<>();
        String[] parts = url.split("/", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                String value = decoded(parts[i].substring(equals + 1));
                keys.put(decoded(parts[i].substring(0, equals)), value.equals(NULL) ? null : value);
            }
        }
        return keys;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Returns the files without what their folders say, unless all of them say something of the same columns. */
    static List<FoundFile> onlyCommon(List<FoundFile> files) {
        List<String> names = List.copyOf(files.getFirst().keys().keySet());
        if (files.stream().allMatch(file -> List.copyOf(file.keys().keySet()).equals(names))) {
            return files;
        }
        return files.stream()
                .map(file -> new FoundFile(file.stored(), file.url(), Map.of()))
                .toList();
    }

    /** Returns the columns that the folders of files make. */
    static List<Field> columns(List<FoundFile> files) {
        List<Field> columns = new ArrayList<>();
        for (String name : files.getFirst().keys().keySet()) {
            List<String> values = files.stream()
                    .map(file -> file.keys().get(name))
                    .filter(Objects::nonNull)
                    .toList();
            columns.add(Field.nullable(name, type(values)));
        }
        return columns;
    }

    private static DataType type(List<String> values) {
        if (!values.isEmpty()
                && values.stream().allMatch(value -> INTEGER.matcher(value).matches())) {
            return DataType.BIGINT;
        }
        return !values.isEmpty() && values.stream().allMatch(Partitions::isDate) ? DataType.DATE : DataType.VARCHAR;
    }

    private static boolean isDate(String value) {
        if (!DATE.matcher(value).matches()) {
            return false;
        }
        try {
            SqlText.parseDate(value.getBytes(StandardCharsets.UTF_8), 0, value.length());
            return true;
        } catch (RowFailure | MillraceException e) {
            return false;
        }
    }
}
