package io.millrace.delivery;

import io.millrace.delivery.layout.LayoutOptions;
import io.millrace.delivery.transform.Transformation;
import io.millrace.spi.Options;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a file is ended. Whichever comes first does it.
 *
 * @param rollBytes {@code roll_bytes}: about how long a file gets; 64 MB as a rule
 * @param rollRows {@code roll_rows}: most rows of a file where an entry is one row; unbounded as a rule
 * @param rollInterval {@code roll_interval}: how old a file gets, counted from its first row or, where rows keep coming,
 *     from when the one before was due; 300 s as a rule
 * @param rollInactivity {@code roll_inactivity}: how long a file waits for another row; unbounded as a rule
 * @param startsAtLatest {@code start}: {@code latest} to leave out what is there when it is created, {@code oldest} as
 *     a rule
 * @param rollWatermark {@code roll_watermark}: length of the slices of time whose files are ended once no row of theirs
 *     follows; null where files are not ended by the time of their rows, as a rule
 * @param layout what files are called, and which rows go into which
 */
public record DeliveryOptions(
        long rollBytes,
        long rollRows,
        Duration rollInterval,
        Duration rollInactivity,
        boolean startsAtLatest,
        @Nullable Duration rollWatermark,
        LayoutOptions layout) {

    private static final String FORMAT = "format";
    /** What whole records are written as unless another format is told. */
    private static final String WHOLE_RECORDS = "lines";

    private static final String START = "start";
    private static final String ROLL_BYTES = "roll_bytes";
    private static final String ROLL_ROWS = "roll_rows";
    private static final String ROLL_INTERVAL = "roll_interval";
    private static final String ROLL_INACTIVITY = "roll_inactivity";
    /** Option of the slices of time that files are ended by. */
    public static final String ROLL_WATERMARK = "roll_watermark";

    /** What another API said when it made the delivery, kept for its answers; means nothing here. */
    public static final String REMARK = "firehose";

    private static final Duration INTERVAL_MIN = Duration.ofMillis(10);
    private static final Duration INTERVAL_MAX = Duration.ofDays(7);
    private static final Duration SLICE_MIN = Duration.ofSeconds(1);

    public static final DeliveryOptions DEFAULT = new DeliveryOptions(64L << 20, Long.MAX_VALUE, Duration.ofMinutes(5));

    /** Files of one folder that are ended whether rows come or not. */
    public DeliveryOptions(long rollBytes, long rollRows, Duration rollInterval) {
        this(rollBytes, rollRows, rollInterval, INTERVAL_MAX, false, null, LayoutOptions.DEFAULT);
    }

    /** Reads the options that are a delivery's own, and leaves alone those of its format. */
    public static DeliveryOptions from(Options options) {
        long bytes = options.getBytes(ROLL_BYTES, DEFAULT.rollBytes);
        if (bytes < 1) {
            throw Options.invalid(ROLL_BYTES, String.valueOf(bytes), "a size of at least one byte");
        }
        Duration slice = slice(options);
        Duration interval = duration(options, ROLL_INTERVAL, slice == null ? DEFAULT.rollInterval : INTERVAL_MAX);
        Duration inactivity = duration(options, ROLL_INACTIVITY, DEFAULT.rollInactivity);
        long rows = options.getLong(ROLL_ROWS, DEFAULT.rollRows, 1, Long.MAX_VALUE);
        return new DeliveryOptions(
                bytes, rows, interval, inactivity, startsAtLatest(options), slice, LayoutOptions.from(options));
    }

    private static @Nullable Duration slice(Options options) {
        if (!options.has(ROLL_WATERMARK)) {
            return null;
        }
        Duration slice = options.getDuration(ROLL_WATERMARK, SLICE_MIN);
        if (slice.compareTo(SLICE_MIN) < 0 || slice.compareTo(INTERVAL_MAX) > 0) {
            throw Options.invalid(ROLL_WATERMARK, options.get(ROLL_WATERMARK, ""), "a time from 1 s to 7 days");
        }
        return slice;
    }

    private static boolean startsAtLatest(Options options) {
        String start = options.get(START, "oldest");
        return switch (start) {
            case "latest" -> true;
            case "oldest" -> false;
            default -> throw Options.invalid(START, start, "oldest or latest");
        };
    }

    private static Duration duration(Options options, String name, Duration otherwise) {
        Duration time = options.getDuration(name, otherwise);
        if (time.compareTo(INTERVAL_MIN) < 0 || time.compareTo(INTERVAL_MAX) > 0) {
            throw Options.invalid(name, time.toString(), "a time from 10 ms to 7 days");
        }
        return time;
    }

    /** Returns the name of the format to write. */
    public static String formatName(Options options, String otherwise) {
        return options.get(FORMAT, options.getBoolean(Transformation.WHOLE, false) ? WHOLE_RECORDS : otherwise);
    }

    /** Returns the options that are the format's. */
    public static Options formatOptions(Options options) {
        return options.hiding(REMARK)
                .without(LayoutOptions.NAMES.toArray(String[]::new))
                .without(Transformation.NAMES.toArray(String[]::new))
                .without(FORMAT, ROLL_BYTES, ROLL_ROWS, ROLL_INTERVAL, ROLL_INACTIVITY, ROLL_WATERMARK, START);
    }
}
