package io.millrace.connector.opensearch;

import io.millrace.spi.Options;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowOrigins;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.WeekFields;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How often another index begins: names as Data Firehose makes them, by the row's ROWTIME in UTC. */
enum IndexRotation {
    /** {@code trades}. */
    NO_ROTATION("NoRotation"),
    /** {@code trades-2026-01-31-13}. */
    ONE_HOUR("OneHour"),
    /** {@code trades-2026-01-31}. */
    ONE_DAY("OneDay"),
    /** {@code trades-2026-w05}: weeks from Sunday on, as the United States count them. */
    ONE_WEEK("OneWeek"),
    /** {@code trades-2026-01}. */
    ONE_MONTH("OneMonth");

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("-uuuu-MM-dd-HH", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("-uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("-uuuu-MM", Locale.ROOT);

    private final String option;

    IndexRotation(String option) {
        this.option = option;
    }

    static IndexRotation of(String name) {
        return Arrays.stream(values())
                .filter(rotation -> rotation.option.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Options.invalid(
                        "index_rotation",
                        name,
                        Arrays.stream(values()).map(rotation -> rotation.option).collect(Collectors.joining(", "))));
    }

    /** Returns the name of the index that a row of this ROWTIME goes to. */
    String index(String base, long rowtimeMicros) {
        if (this == NO_ROTATION || rowtimeMicros == RowOrigins.NO_ROWTIME) {
            return base;
        }
        LocalDateTime time = LocalDateTime.ofInstant(JavaValues.instant(rowtimeMicros), ZoneOffset.UTC);
        return base
                + switch (this) {
                    case ONE_HOUR -> time.format(HOUR);
                    case ONE_DAY -> time.format(DAY);
                    case ONE_MONTH -> time.format(MONTH);
                    case ONE_WEEK ->
                        "-%04d-w%02d"
                                .formatted(
                                        time.get(WeekFields.SUNDAY_START.weekBasedYear()),
                                        time.get(WeekFields.SUNDAY_START.weekOfWeekBasedYear()));
                    case NO_ROTATION -> "";
                };
    }
}
