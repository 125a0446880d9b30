package io.millrace.runtime.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.checkpoint.CheckpointSection;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStepStoreTest {

    @TempDir
    private Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(StepStore.Recovered recovered) {
        return recovered.journal().stream()
                .map(record -> new String(record, StandardCharsets.UTF_8))
                .toList();
    }

    private static CheckpointSection section(String text) {
        return new CheckpointSection("s", "text", out -> out.writeText(text));
    }

    private static String text(StepStore.Recovered recovered) {
        return Objects.requireNonNull(recovered.checkpoint())
                .sections()
                .get("s")
                .content()
                .get()
                .readText();
    }

    private StepStore.Recovered recover() {
        try (StepStore store = new DirectoryStepStore(directory, null)) {
            return store.recover();
        }
    }

    private void write(String checkpoint, long step, String... records) {
        try (StepStore store = new DirectoryStepStore(directory, null)) {
            store.recover();
            store.checkpoint(step, List.of(section(checkpoint)));
            for (String record : records) {
                store.append(++step, bytes(record));
            }
            store.force();
        }
    }

    private Path file(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void emptyDirectoryHasNothing() {
        assertThat(recover().checkpoint()).isNull();
    }

    @Test
    void checkpointAndLaterRecordsComeBack() {
        write("state", 3, "four", "five");
        StepStore.Recovered recovered = recover();
        assertThat(text(recovered)).isEqualTo("state");
        assertThat(texts(recovered)).containsExactly("four", "five");
    }

    @Test
    void newCheckpointVoidsTheJournalBefore() throws IOException {
        write("state", 3, "four", "five");
        write("newer", 5, "six");
        assertThat(text(recover())).isEqualTo("newer");
        assertThat(texts(recover())).containsExactly("six");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void recordThatIsNotWholeIsCutWhereverItEnds() throws IOException {
        write("state", 0, "one", "two");
        byte[] journal = Files.readAllBytes(file("journal-"));
        int whole = 8 + 3;
        for (int size = 0; size <= journal.length; size++) {
            Files.write(file("journal-"), java.util.Arrays.copyOf(journal, size));
            List<String> expected =
                    size == journal.length ? List.of("one", "two") : size >= whole ? List.of("one") : List.of();
            assertThat(texts(recover())).as("%s bytes", size).isEqualTo(expected);
        }
    }

    @Test
    void writingGoesOnBehindTheLastWholeRecord() throws IOException {
        write("state", 0, "one", "two");
        byte[] journal = Files.readAllBytes(file("journal-"));
        Files.write(file("journal-"), java.util.Arrays.copyOf(journal, journal.length - 1));
        try (StepStore store = new DirectoryStepStore(directory, null)) {
            store.recover();
            store.append(2, bytes("again"));
            store.force();
        }
        assertThat(texts(recover())).containsExactly("one", "again");
    }

    @Test
    void checkpointThatWasNotFinishedIsForgotten() throws IOException {
        write("state", 0, "one");
        Files.write(directory.resolve("checkpoint.tmp"), bytes("half of it"));
        assertThat(text(recover())).isEqualTo("state");
        assertThat(directory.resolve("checkpoint.tmp")).doesNotExist();
        assertThat(texts(recover())).containsExactly("one");
    }

    @Test
    void crashBetweenCheckpointAndCleaningUpIsMended() throws IOException {
        write("state", 0, "one");
        byte[] oldCheckpoint = Files.readAllBytes(file("checkpoint-"));
        byte[] oldJournal = Files.readAllBytes(file("journal-"));
        Path oldCheckpointFile = file("checkpoint-");
        Path oldJournalFile = file("journal-");
        write("newer", 1);
        Files.write(oldCheckpointFile, oldCheckpoint);
        Files.write(oldJournalFile, oldJournal);
        Files.delete(directory.resolve("journal-00000000000000000001"));
        assertThat(text(recover())).isEqualTo("newer");
        assertThat(texts(recover())).isEmpty();
        assertThat(oldJournalFile).doesNotExist();
    }

    @Test
    void damagedCheckpointIsNamed() throws IOException {
        write("state", 0);
        Path file = file("checkpoint-");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 4;
            Files.write(file, damaged);
            assertThatThrownBy(this::recover)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED))
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void stepsAfterACheckpointThatNeverBecameDurableAreThoseAfterTheOneBefore() {
        write("state", 0, "one");
        try (StepStore store = new DirectoryStepStore(directory, task -> {})) {
            store.recover();
            store.append(2, bytes("two"));
            assertThat(store.checkpoint(2, List.of(section("newer")))).isNotDone();
            store.append(3, bytes("three"));
            store.force();
        }
        StepStore.Recovered recovered = recover();
        assertThat(text(recovered)).isEqualTo("state");
        assertThat(texts(recovered)).containsExactly("one", "two", "three");
        try (StepStore store = new DirectoryStepStore(directory, null)) {
            store.recover();
            store.append(4, bytes("four"));
            store.force();
        }
        assertThat(texts(recover())).containsExactly("one", "two", "three", "four");
    }

    @Test
    void layoutOnDiskStaysAsItIs() throws IOException {
        write("state", 0, "one");
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file("checkpoint-"))))
                .isEqualTo("4d52435000020d0a" + "01000000" + "0100000073" + "0400000074657874" + "0900000000000000"
                        + "09000000" + "050000007374617465" + "00000000" + "aae5d9aa");
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file("journal-"))))
                .isEqualTo("03000000" + "e9b2942a" + "6f6e65");
    }
}
