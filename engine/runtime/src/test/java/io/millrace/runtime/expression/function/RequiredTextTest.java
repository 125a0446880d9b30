package io.millrace.runtime.expression.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.RowFailure;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredTextTest {

    private static final String[] PIECES = {
        "a", "b", "ab", "ba", "c", "*", "?", "+", "|", "(", ")", ".", "[ab]", "[^a]", "\\w", "^", "$", "{2}", "é",
        "(?i)", "\\Qa\\E"
    };

    private static String of(String pattern) {
        return new String(RequiredText.of(pattern).bytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "(&|^)channel_id=([^&]*) channel_id=",
                "=(\\d+) =",
                "ab*cd+e cd",
                "at:.*error error",
                "a|b ''",
                "(?i)error ''",
                "colou?r colo",
                "x{0}y ''",
                "[]x]abc ''"
            })
    void isTheLongestRunOfPlainCharacters(String pattern, String required) {
        assertThat(of(pattern)).isEqualTo(required == null ? "" : required);
    }

    @Test
    void liesInWhateverMatches() {
        Random random = new Random(11);
        int matches = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int piece = random.nextInt(1, 8); piece > 0; piece--) {
                pattern.append(PIECES[random.nextInt(PIECES.length)]);
            }
            Pattern compiled;
            try {
                compiled = Pattern.compile(pattern.toString(), Pattern.DOTALL);
            } catch (PatternSyntaxException e) {
                continue;
            }
            String required = of(pattern.toString());
            for (int text = 0; text < 10; text++) {
                String candidate = text(random);
                if (compiled.matcher(candidate).find()) {
                    assertThat(candidate).as(pattern.toString()).contains(required);
                    matches += required.isEmpty() ? 0 : 1;
                }
            }
        }
        assertThat(matches).isGreaterThan(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "(&|^)channel_id=([^&]*), 1",
        "ab*cd+efg, 1048576",
        "a?(b|cd)(?i), -1",
        "[xy](b|cd|e?)fgh, 3",
        "x+abc, 1048576"
    })
    void itsReachIsThatOfWhatComesBefore(String pattern, int reach) {
        RequiredText required = RequiredText.of(pattern);
        assertThat(required.isNone() ? -1 : required.reach()).isEqualTo(reach);
    }

    @Test
    void theFirstMatchIsFoundAsWithoutIt() {
        Random random = new Random(12);
        int matches = 0;
        int later = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder written = new StringBuilder("(");
            for (int piece = random.nextInt(1, 8); piece > 0; piece--) {
                written.append(PIECES[random.nextInt(PIECES.length)]);
            }
            String pattern = written.append(")").toString();
            if (random.nextBoolean()) {
                pattern = pattern.substring(1, pattern.length() - 1);
            }
            Regex regex;
            Pattern plain;
            try {
                plain = Pattern.compile(pattern, Pattern.DOTALL);
                regex = Regex.of(pattern);
            } catch (PatternSyntaxException | RowFailure e) {
                continue;
            }
            for (int n = 0; n < 10; n++) {
                String text = random.nextInt(4) == 0
                        ? text(random) + "\uD83D\uDE00" + text(random)
                        : text(random) + text(random);
                byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
                Matcher matcher = plain.matcher(text);
                boolean expected = matcher.find();
                Slice slice = new Slice();
                assertThat(regex.found(bytes, 1, bytes.length - 1))
                        .as("%s in %s", pattern, text)
                        .isEqualTo(expected);
                assertThat(regex.extract(bytes, 1, bytes.length - 1, 0, slice)).isEqualTo(expected);
                if (expected) {
                    assertThat(slice.toString()).as("%s in %s", pattern, text).isEqualTo(matcher.group());
                    matches++;
                    later += RequiredText.of(pattern).firstStart(bytes, 1, bytes.length - 1) > 0 ? 1 : 0;
                }
            }
        }
        assertThat(matches).isGreaterThan(1_000);
        assertThat(later).isGreaterThan(100);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append("abcAé".charAt(random.nextInt(5)));
        }
        return text.toString();
    }
}
