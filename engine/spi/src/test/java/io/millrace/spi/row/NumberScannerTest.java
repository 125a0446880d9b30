package io.millrace.spi.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberScannerTest {

    private final long seed = Long.getLong("millrace.seed", 20_261_120L);
    private final Random random = new Random(seed);
    private final NumberScanner scanner = new NumberScanner();

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "-0, 2",
        "10, 2",
        "1.5, 3",
        "1e5, 3",
        "1E-05, 5",
        "-12.25e+2, 9",
        "12345678901234567890, 20",
        "12a, 2",
        "1.5.5, 3",
        "00, -1",
        "01, -1",
        "-01, -1",
        "1., -1",
        ".5, -1",
        "-, -1",
        "+1, -1",
        "1e, -1",
        "1e+, -1",
        "a, -1",
        "'', -1",
        "-.5, -1"
    })
    void aNumberEndsWhereJsonSaysSo(String text, int end) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(scanner.scan(bytes, 0, bytes.length)).isEqualTo(end);
    }

    @Test
    void whatLiesBehindTheEndIsNotRead() {
        byte[] digits = "123456789012345678901234567890".getBytes(StandardCharsets.US_ASCII);
        LongColumn column = new LongColumn(1);
        for (int length = 1; length <= 18; length++) {
            assertThat(scanner.scan(digits, 0, length)).isEqualTo(length);
            scanner.setInteger(64, column, 0);
            assertThat(column.get(0)).isEqualTo(Long.parseLong("123456789012345678".substring(0, length)));
        }
    }

    @Test
    void conversionsAgreeWithJava() {
        DoubleColumn doubles = new DoubleColumn(1);
        FloatColumn floats = new FloatColumn(1);
        LongColumn narrow = new LongColumn(1);
        Decimal128Column wide = new Decimal128Column(1);
        for (int i = 0; i < 100_000; i++) {
            String text = number();
            byte[] bytes = ("x" + text + ",").getBytes(StandardCharsets.US_ASCII);
            assertThat(scanner.scan(bytes, 1, bytes.length))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(bytes.length - 1);
            scanner.setFloating(doubles, 0);
            assertThat(doubles.get(0)).as("seed %d: %s", seed, text).isEqualTo(Double.parseDouble(text));
            float real = Float.parseFloat(text);
            if (Float.isFinite(real)) {
                scanner.setFloating(floats, 0);
                assertThat(floats.get(0)).as("seed %d: %s", seed, text).isEqualTo(real);
            }
            checkDecimal(text, new DecimalType(18, random.nextInt(19)), narrow);
            checkDecimal(text, new DecimalType(38, random.nextInt(39)), wide);
            checkInteger(text, narrow);
        }
    }

    private void checkDecimal(String text, DecimalType type, Column column) {
        BigDecimal expected = new BigDecimal(text).setScale(type.scale(), RoundingMode.HALF_UP);
        if (expected.precision() > type.precision()) {
            assertThatThrownBy(() -> scanner.setDecimal(type, column, 0))
                    .as(text)
                    .isInstanceOf(RowFailure.class);
        } else {
            scanner.setDecimal(type, column, 0);
            assertThat(JavaValues.get(type, column, 0))
                    .as("seed %d: %s as %s", seed, text, type)
                    .isEqualTo(expected);
        }
    }

    private void checkInteger(String text, LongColumn column) {
        try {
            long expected = new BigDecimal(text).longValueExact();
            scanner.setInteger(64, column, 0);
            assertThat(column.get(0)).as("seed %d: %s", seed, text).isEqualTo(expected);
        } catch (ArithmeticException e) {
            assertThatThrownBy(() -> scanner.setInteger(64, column, 0)).as(text).isInstanceOf(RowFailure.class);
        }
    }

    private String number() {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        int digits = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 17);
        text.append(1 + random.nextInt(9));
        for (int i = 1; i < digits; i++) {
            text.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
        }
        if (random.nextBoolean()) {
            text.append('.');
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(random.nextInt(3) == 0 ? random.nextInt(10) : 0);
            }
        }
        if (random.nextInt(3) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(-40, 40));
        }
        return text.toString();
    }
}
