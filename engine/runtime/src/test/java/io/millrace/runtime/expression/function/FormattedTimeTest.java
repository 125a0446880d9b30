package io.millrace.runtime.expression.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.row.JavaValues;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormattedTimeTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy-MM-dd",
                "HH:mm",
                "EEE d MMM uuuu",
                "ss.SSS",
                "h a",
                "'at' HH",
                "yyyy-MM-dd HH:mm:ss",
                "HH:mm z",
                "A",
                "QQQ w"
            })
    void isWhatThePatternSaysOfEachTime(String pattern) {
        TimePattern compiled = TimePattern.of(pattern);
        FormattedTime formatted = new FormattedTime();
        Slice slice = new Slice();
        Random random = new Random(5);
        long micros = 0;
        for (int i = 0; i < 20_000; i++) {
            micros += (random.nextInt(20) - 9) * (long) Math.pow(10, random.nextInt(random.nextInt(50) == 0 ? 15 : 9));
            formatted.write(compiled, micros, ZONE, slice);
            LocalDateTime local = LocalDateTime.ofInstant(JavaValues.instant(micros), ZoneOffset.UTC);
            assertThat(slice.toString()).as("%s", local).isEqualTo(compiled.format(local, ZONE));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void theEndsOfTimeAreTimes(long micros) {
        Slice slice = new Slice();
        new FormattedTime().write(TimePattern.of("yyyy"), micros, ZONE, slice);
        assertThat(slice.toString()).isNotEmpty();
    }
}
