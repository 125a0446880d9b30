package io.millrace.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.file.RecordLines;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private static final RecordLines QUOTED = RecordLines.of("csv", Options.NONE);

    /** Gives a few bytes at a time, so that anything may be cut anywhere. */
    private static List<String> read(String text, RecordLines ends, int piece) throws IOException {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(piece, length));
            }
        };
        List<String> found = new ArrayList<>();
        try (LineReader lines = new LineReader(in, ends)) {
            while (lines.next()) {
                String line =
                        new String(lines.data(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
                found.add(lines.number() + ": " + line);
            }
        }
        return found;
    }

    @Test
    void aLineEndBetweenQuotesEndsNoRecordOfCsv() throws IOException {
        String text = "\uFEFFa,\"x\ny\"\r\n\nb,\"say \"\"no\"\"\n\n\"\nc,1";
        for (int piece = 1; piece < 9; piece++) {
            assertThat(read(text, QUOTED, piece))
                    .containsExactly("1: a,\"x\ny\"", "4: b,\"say \"\"no\"\"\n\n\"", "7: c,1");
        }
    }

    @Test
    void whatIsEscapedEndsNoQuotes() throws IOException {
        RecordLines escaped = RecordLines.of("csv", new Options(Map.of("quote", "'", "escape", "\\")));
        for (int piece = 1; piece < 9; piece++) {
            assertThat(read("'a\\'\n',1\n'b\\\\'\n", escaped, piece)).containsExactly("1: 'a\\'\n',1", "3: 'b\\\\'");
        }
    }

    @Test
    void linesOfOtherFormatsEndAtTheirEnd() throws IOException {
        assertThat(read("{\"a\n\"\n", RecordLines.of("json", Options.NONE), 3)).containsExactly("1: {\"a", "2: \"");
    }

    @Test
    void aQuoteInsideAFieldIsACharacter() throws IOException {
        for (int piece = 1; piece < 9; piece++) {
            assertThat(read("1,5\" pipe\n2,\"a\nb\"\n", QUOTED, piece))
                    .containsExactly("1: 1,5\" pipe", "2: 2,\"a\nb\"");
            assertThat(read("\"a\"b,\"c\nd\n", QUOTED, piece)).containsExactly("1: \"a\"b,\"c", "2: d");
        }
    }

    @Test
    void theFirstFieldMayBeQuotedBehindAMark() throws IOException {
        for (int piece = 1; piece < 9; piece++) {
            assertThat(read("\uFEFF\"a\nb\",1\nc,2", QUOTED, piece)).containsExactly("1: \"a\nb\",1", "3: c,2");
        }
    }

    @Test
    void aQuoteWithoutEndIsAnErrorOfTheFile() {
        String text = "a\n\"" + "x\n".repeat(LineReader.LINE_BYTES_MAX);
        assertThatThrownBy(() -> read(text, QUOTED, 1 << 20)).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
            assertThat(e).hasMessageContaining("line 2 is longer than");
        });
    }
}
