package io.millrace.spi.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.RowFailure;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTimestampTest {

    private final long seed = Long.getLong("millrace.seed", 20_261_120L);
    private final Random random = new Random(seed);

    @Test
    void everyDayIsTheCalendars() {
        for (LocalDateTime day = LocalDateTime.of(1, 1, 1, 12, 34, 56);
                day.getYear() < 9999;
                day = day.plusDays(1 + random.nextInt(40))) {
            String text = day.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
            assertThat(parse(text)).as(text).isEqualTo(JavaValues.micros(day.toInstant(ZoneOffset.UTC)));
        }
        assertThat(parse("0001-01-01 00:00:00")).isEqualTo(parse("0001-01-02T00:00:00Z") - 86_400_000_000L);
    }

    @Test
    void fractionsAreCutToMicroseconds() {
        long second = parse("2026-11-20T00:00:00");
        assertThat(parse("2026-11-20T00:00:00.5")).isEqualTo(second + 500_000);
        assertThat(parse("2026-11-20T00:00:00.123456Z")).isEqualTo(second + 123_456);
        assertThat(parse("2026-11-20T00:00:00.123456999Z")).isEqualTo(second + 123_456);
    }

    @Test
    void whatItReadsTheParserReadsAlikeAndNothingMore() {
        String[] seeds = {"2024-02-29T23:59:59.987654Z", "1969-12-31 00:00:00", "2026-11-20T12:30:15.1"};
        String characters = "0123456789-:TZ .+t/;";
        for (int i = 0; i < 200_000; i++) {
            byte[] text = seeds[random.nextInt(seeds.length)].getBytes(StandardCharsets.US_ASCII);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                text[random.nextInt(text.length)] = (byte) characters.charAt(random.nextInt(characters.length()));
            }
            long micros = PlainTimestamp.parse(text, 0, text.length);
            if (micros != PlainTimestamp.NONE) {
                assertThat(micros).as("seed %d: %s", seed, new String(text)).isEqualTo(slowly(text));
            }
        }
    }

    private static long slowly(byte[] text) {
        try {
            return TimeParser.timestamp(text, 0, text.length);
        } catch (RowFailure e) {
            return PlainTimestamp.NONE;
        }
    }

    private static long parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return PlainTimestamp.parse(bytes, 0, bytes.length);
    }
}
