package io.millrace.server.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {

    private static List<String> read(String text, RecordLines ends, int blockBytes, int countMax) throws IOException {
        List<String> records = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Lines lines = new Lines(new ByteArrayInputStream(bytes), ends, blockBytes)) {
            for (int count = lines.next(countMax); count > 0; count = lines.next(countMax)) {
                for (int i = 0; i < count; i++) {
                    records.add(lines.records().text(i));
                }
            }
        }
        return records;
    }

    private static RecordLines csv(String... options) {
        return RecordLines.of("csv", options.length == 0 ? Options.NONE : new Options(Map.of(options[0], options[1])));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void linesAreTheSameWhateverTheBlocks(int blockBytes) throws IOException {
        String text = "one\n\ntwo\r\n\r\nthree, longer than the others\nend";
        for (int countMax = 1; countMax < 6; countMax++) {
            assertThat(read(text, RecordLines.of("json", Options.NONE), blockBytes, countMax))
                    .containsExactly("one", "two", "three, longer than the others", "end");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1000})
    void lineEndsBetweenQuotesAreNone(int blockBytes) throws IOException {
        assertThat(read("a,\"x\ny\"\nb,\"\"\"\n\"\nc\n", csv(), blockBytes, 2))
                .containsExactly("a,\"x\ny\"", "b,\"\"\"\n\"", "c");
        assertThat(read("a,'\n\\'\n'\nb\n", new RecordLines((byte) ',', (byte) '\'', (byte) '\\'), blockBytes, 9))
                .containsExactly("a,'\n\\'\n'", "b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1000})
    void aQuoteInsideAFieldIsACharacter(int blockBytes) throws IOException {
        assertThat(read("1,5\" pipe\n2,x\n", csv(), blockBytes, 2)).containsExactly("1,5\" pipe", "2,x");
        assertThat(read("1;5,\"\n2;\"x\ny\"\n", csv("delimiter", ";"), blockBytes, 2))
                .containsExactly("1;5,\"", "2;\"x\ny\"");
        assertThat(read("1\t\"x\ny\"\n2,\"z\n", csv("delimiter", "\\t"), blockBytes, 2))
                .containsExactly("1\t\"x\ny\"", "2,\"z");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1000})
    void aRecordEndsWithItsLineWhereSomethingFollowsAClosedQuote(int blockBytes) throws IOException {
        assertThat(read("\"a\"b,\"c\n\"d\"\r\ne\n", csv(), blockBytes, 2)).containsExactly("\"a\"b,\"c", "\"d\"", "e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quote", "escape", "delimiter"})
    void anOptionWithoutACharacterIsRefused(String option) {
        assertThatThrownBy(() -> csv(option, ""))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void randomLinesComeOnceAndInOrder() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<String> lines = new ArrayList<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                lines.add("x".repeat(1 + random.nextInt(20)) + i);
            }
            String text = String.join("\n", lines) + (random.nextBoolean() && !lines.isEmpty() ? "\n" : "");
            assertThat(read(text, csv(), 1 + random.nextInt(40), 1 + random.nextInt(9)))
                    .isEqualTo(lines);
        }
    }

    @Test
    void aQuoteWithoutEndIsToldOf() {
        String text = "a\n\"" + "x\n".repeat(6 << 20);
        assertThatThrownBy(() -> read(text, csv(), 1 << 16, 100))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("line 2 is longer than");
    }
}
