package io.millrace.connector.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.azure.BlockName.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the names of blocks say. */
class UploadTest {

    private static final String A = "00000000000000aa";
    private static final String B = "ffffffffffffffbb";

    private static BlockName block(String upload, Kind kind, int index) {
        return new BlockName(upload, kind, index);
    }

    private static List<Upload> uploads(BlockName... blocks) {
        return Upload.of(Arrays.asList(blocks));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void namesAreReadAsTheyAreWrittenAndOfOneLength(Kind kind) {
        for (int index : new int[] {0, 7, BlockName.INDEX_MAX}) {
            BlockName name = block(A, kind, index);
            assertThat(BlockName.of(name.encoded())).isEqualTo(name);
            assertThat(name.encoded()).hasSize(block(B, Kind.PART, 0).encoded().length());
            assertThat(Base64.getDecoder().decode(name.encoded())).hasSizeLessThanOrEqualTo(64);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000001",
                "millrace.00000000000000aa.q.00000",
                "millrace.00000000000000AA.p.00000",
                "millrace.00000000000000aa.p.0000",
                "millrace.00000000000000aa.p.000000"
            })
    void namesOfOthersAreNone(String text) {
        assertThat(BlockName.of(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))))
                .isNull();
        assertThat(BlockName.of("*no base64*")).isNull();
    }

    @Test
    void wholeIsWhatHasAllPartsToTheLast() {
        assertThat(uploads(block(A, Kind.LAST, 2), block(A, Kind.PART, 0), block(A, Kind.PART, 1)))
                .containsExactly(new Upload(
                        A, List.of(block(A, Kind.PART, 0), block(A, Kind.PART, 1), block(A, Kind.LAST, 2)), true));
        assertThat(uploads(block(A, Kind.LAST, 0)).getFirst().whole()).isTrue();
        assertThat(uploads(block(A, Kind.EMPTY, 0))).containsExactly(new Upload(A, List.of(), true));
        assertThat(uploads(block(A, Kind.PART, 0)).getFirst().whole()).isFalse();
        assertThat(uploads(block(A, Kind.PART, 0), block(A, Kind.PART, 1))
                        .getFirst()
                        .whole())
                .isFalse();
        assertThat(uploads(block(A, Kind.PART, 0), block(A, Kind.LAST, 2))
                        .getFirst()
                        .whole())
                .as("one is missing")
                .isFalse();
    }

    @Test
    void attemptsAreToldApartAndDroppedOnesAreNone() {
        assertThat(uploads()).isEmpty();
        assertThat(uploads(block(A, Kind.PART, 0), block(B, Kind.LAST, 0), block(A, Kind.DROPPED, 0)))
                .containsExactly(new Upload(B, List.of(block(B, Kind.LAST, 0)), true));
        assertThat(uploads(block(A, Kind.LAST, 1), block(B, Kind.PART, 0)))
                .extracting(Upload::whole)
                .containsExactly(false, false);
    }
}
