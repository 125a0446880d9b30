package io.millrace.delivery.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {

    private static final RowType TYPE = RowType.of(
            Field.nullable("country", DataType.VARCHAR),
            Field.nullable("at", DataType.TIMESTAMP),
            Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("day", DataType.DATE),
            Field.nullable("tags", new ArrayType(DataType.VARCHAR, true)));
    private static final Instant TIME = Instant.parse("2026-12-31T23:30:00Z");

    private static Layout layout(String... options) {
        Map<String, String> map = new java.util.TreeMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return Layout.of(LayoutOptions.from(new Options(map)), TYPE, null);
    }

    private static String prefix(Layout layout, @Nullable Object... values) {
        RowBatch rows = RowBatch.create(TYPE, 1);
        JavaValues.append(rows, Arrays.asList(values));
        return layout.prefix(layout.partition(rows, 0), TIME, "seed");
    }

    private static String country(String country) {
        return prefix(layout("partition_by", "country"), country, null, null, null, null);
    }

    @Test
    void partitionsAreFoldersAsHiveNamesThem() {
        assertThat(country("DE")).isEqualTo("country=DE/");
        assertThat(country("a b")).isEqualTo("country=a b/");
        assertThat(country("a/b=c%\n")).isEqualTo("country=a%2Fb%3Dc%25%0A/");
        assertThat(country("ü")).isEqualTo("country=%C3%BC/");
        assertThat(country("..")).isEqualTo("country=%2E%2E/");
        assertThat(country("")).isEqualTo("country=__HIVE_DEFAULT_PARTITION__/");
        assertThat(country(null)).isEqualTo("country=__HIVE_DEFAULT_PARTITION__/");
    }

    @Test
    void timesAreCut() {
        LocalDateTime at = LocalDateTime.parse("2026-12-31T23:30:00");
        Layout layout = layout(
                "partition_by",
                "Day(at), HOUR( instant ) as h, year(day), month(instant)",
                "time_zone",
                "Europe/Berlin");
        assertThat(prefix(layout, null, at, TIME, LocalDate.parse("2025-06-01"), null))
                .isEqualTo("at_day=2026-12-31/h=2027-01-01-00/day_year=2025/instant_month=2027-01/");
    }

    @Test
    void columnsThatStandInFoldersAreNotInFiles() {
        assertThat(layout("partition_by", "country, day(at)").fileType()).isEqualTo(TYPE.project(1, 2, 3, 4));
        assertThat(layout("partition_by", "country", "write_partition_columns", "true")
                        .fileType())
                .isEqualTo(TYPE);
        assertThat(layout("partition_by", "country", "prefix", "c/!{partitionKeyFromQuery:country}/")
                        .fileType())
                .isEqualTo(TYPE);
    }

    @Test
    void prefixesHaveExpressions() {
        Layout layout = layout(
                "partition_by", "country",
                "time_zone", "Asia/Tokyo",
                "prefix",
                        "raw/!{timestamp:yyyy/MM/dd'T'HH}/!{partitionKeyFromQuery:country}-!{firehose:random-string}-");
        String name = prefix(layout, "JP", null, null, null, null);
        assertThat(name).matches("raw/2027/01/01T08/JP-[0-9a-f]{11}-");
        assertThat(prefix(layout, "JP", null, null, null, null)).isEqualTo(name);
    }

    @Test
    void noFolderIsHiddenFromReadersOfLakes() {
        Layout alone = layout("partition_by", "country", "prefix", "c/!{partitionKeyFromQuery:country}/");
        assertThat(prefix(alone, "_x", null, null, null, null)).isEqualTo("c/%5Fx/");
        assertThat(prefix(alone, ".x", null, null, null, null)).isEqualTo("c/%2Ex/");
        assertThat(prefix(alone, "x_", null, null, null, null)).isEqualTo("c/x_/");
        assertThat(prefix(alone, null, null, null, null, null)).isEqualTo("c/__HIVE_DEFAULT_PARTITION__/");
        Layout named = layout("partition_by", "country", "prefix", "c=!{partitionKeyFromQuery:country}/");
        assertThat(prefix(named, "_x", null, null, null, null)).isEqualTo("c=_x/");
        Layout first = layout("partition_by", "country", "prefix", "!{partitionKeyFromQuery:country}/");
        assertThat(prefix(first, "_", null, null, null, null)).isEqualTo("%5F/");
    }

    @Test
    void errorsHaveAPrefixOfTheirOwn() {
        assertThat(layout("error_output_prefix", "bad/!{timestamp:yyyy}-!{firehose:error-output-type}/")
                        .errorPrefix("format-conversion-failed", TIME, ""))
                .isEqualTo("bad/2026-format-conversion-failed/");
        assertThat(layout("error_output_prefix", "bad/").errorPrefix("x", TIME, ""))
                .isEqualTo("bad/x/");
        assertThat(layout().writesErrors()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "partition_by|nothing",
                "partition_by|tags",
                "partition_by|country, country",
                "partition_by|day(country)",
                "partition_by|hour(day)",
                "partition_by|upper(country)",
                "partition_by|country,",
                "partition_by|country, at, instant, day, tags",
                "prefix|!{timestamp:yyyy",
                "prefix|!{timestamp:nonsense}",
                "prefix|!{namespace:x}",
                "prefix|!{firehose:x}",
                "prefix|!{firehose:error-output-type}/",
                "prefix|!{partitionKeyFromQuery:country}/",
                "prefix|/a",
                "prefix|../a/",
                "prefix|a/../b/",
                "prefix|a//b/",
                "prefix|./",
                "prefix|a!{timestamp:'//'}",
                "error_output_prefix|../errors/",
                "error_output_prefix|!{partitionKeyFromQuery:country}/",
                "time_zone|Mars/Olympus",
                "file_extension|gz",
                "partitions_max|0"
            })
    void whatDoesNotFitIsRefused(String option, String value) {
        assertThatThrownBy(() -> layout(option, value))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void aPrefixHasToUseEachKey() {
        assertThatThrownBy(() -> layout("partition_by", "country", "prefix", "a/"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("prefix");
    }
}
