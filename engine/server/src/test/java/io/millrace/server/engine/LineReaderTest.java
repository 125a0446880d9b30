package io.millrace.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.file.RecordLines;
import io.millrace.spi.Options;
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
}
