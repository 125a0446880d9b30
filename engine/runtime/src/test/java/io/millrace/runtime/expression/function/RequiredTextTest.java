package io.millrace.runtime.expression.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
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
        return new String(RequiredText.of(pattern), StandardCharsets.UTF_8);
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

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append("abcAé".charAt(random.nextInt(5)));
        }
        return text.toString();
    }
}
