package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {

    private static final Executor BESIDE = task -> Thread.ofVirtual().start(task);

    @TempDir
    private Path directory;

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static CheckpointSection section(String id, byte[] bytes) {
        return new CheckpointSection(id, "bytes", out -> write(bytes, out));
    }

    private static void write(byte[] bytes, StateWriter out) {
        out.writeInt(bytes.length);
        for (byte value : bytes) {
            out.writeByte(value);
        }
    }

    private static byte[] read(StoredCheckpoint checkpoint, String id) {
        StateReader in =
                Objects.requireNonNull(checkpoint.sections().get(id)).content().get();
        byte[] bytes = new byte[in.readCount(1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) in.readByte();
        }
        assertThat(in.atEnd()).isTrue();
        return bytes;
    }

    private static StoredCheckpoint recovered(CheckpointDirectory checkpoints) {
        return Objects.requireNonNull(checkpoints.recover());
    }

    private CheckpointDirectory opened() {
        CheckpointDirectory checkpoints = new CheckpointDirectory(directory);
        checkpoints.recover();
        return checkpoints;
    }

    private long bytesOnDisk() throws IOException {
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private List<Path> chunkFiles() throws IOException {
        return files().stream()
                .filter(file -> file.getFileName().toString().startsWith("state-"))
                .toList();
    }

    @Test
    void whatChangesLittleIsWrittenOnlyWhereItChanges() {
        byte[] state = random(1, 8 << 20);
        CheckpointDirectory checkpoints = opened();
        CheckpointSize first =
                checkpoints.write(1, List.of(section("s", state)), null).join();
        assertThat(first.written()).isGreaterThan(state.length);
        state[4 << 20]++;
        CheckpointSize second =
                checkpoints.write(2, List.of(section("s", state)), null).join();
        assertThat(second.length()).isEqualTo(first.length());
        assertThat(second.written()).isLessThan(state.length / 10);
        assertThat(read(recovered(new CheckpointDirectory(directory)), "s")).isEqualTo(state);
    }

    @Test
    void whatIsPutInAtTheFrontMovesTheRestWithoutWritingIt() {
        byte[] state = random(2, 8 << 20);
        CheckpointDirectory checkpoints = opened();
        checkpoints.write(1, List.of(section("s", state)), BESIDE).join();
        byte[] longer = new byte[state.length + 7];
        System.arraycopy(state, 0, longer, 7, state.length);
        CheckpointSize second =
                checkpoints.write(2, List.of(section("s", longer)), BESIDE).join();
        assertThat(second.written()).isLessThan(state.length / 10);
        assertThat(read(recovered(new CheckpointDirectory(directory)), "s")).isEqualTo(longer);
    }

    @Test
    void aNewProcessKnowsWhatIsOnDisk() {
        byte[] state = random(3, 4 << 20);
        opened().write(1, List.of(section("s", state)), null).join();
        CheckpointSize again =
                opened().write(2, List.of(section("s", state)), null).join();
        assertThat(again.written()).isLessThan(state.length / 10);
    }

    @Test
    void everyCheckpointOfAChangingStateReadsBackAndSpaceIsBounded() throws IOException {
        for (long seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            List<byte[]> states = new ArrayList<>(List.of(random(seed, 3 << 20), random(seed + 50, 100), new byte[0]));
            CheckpointDirectory checkpoints = opened();
            for (long step = 1; step <= 100; step++) {
                change(states, random);
                List<CheckpointSection> sections = new ArrayList<>();
                for (int i = 0; i < states.size(); i++) {
                    sections.add(section("s" + i, states.get(i)));
                }
                checkpoints
                        .write(step, sections, random.nextBoolean() ? BESIDE : null)
                        .join();
                if (random.nextInt(10) == 0) {
                    checkpoints = new CheckpointDirectory(directory);
                    StoredCheckpoint recovered = recovered(checkpoints);
                    assertThat(recovered.step()).isEqualTo(step);
                    for (int i = 0; i < states.size(); i++) {
                        assertThat(read(recovered, "s" + i)).as("seed %s", seed).isEqualTo(states.get(i));
                    }
                }
                // What is dead is known one checkpoint later.
                assertThat(bytesOnDisk()).as("seed %s", seed).isLessThan(4L * (5 << 20));
                assertThat(chunkFiles()).hasSizeLessThan(70);
            }
        }
    }

    private static void change(List<byte[]> states, Random random) {
        int which = random.nextInt(states.size());
        byte[] state = states.get(which);
        int longer = random.nextInt(20_000);
        byte[] changed = Arrays.copyOf(state, Math.min(4 << 20, state.length + longer));
        for (int i = random.nextInt(50); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)]++;
        }
        states.set(which, random.nextInt(30) == 0 ? Arrays.copyOf(changed, changed.length / 2) : changed);
    }

    @Test
    void aCheckpointThatFailsLeavesTheOneBefore() throws IOException {
        byte[] state = random(5, 1 << 20);
        for (Executor beside : Arrays.asList(null, BESIDE)) {
            CheckpointDirectory checkpoints = opened();
            checkpoints.write(1, List.of(section("s", state)), beside).join();
            CheckpointSection failing = new CheckpointSection("t", "bytes", out -> {
                write(random(6, 1 << 20), out);
                throw new IllegalStateException("cannot be stored");
            });
            assertThatThrownBy(() -> checkpoints.write(2, List.of(section("s", random(7, 1 << 20)), failing), beside))
                    .hasMessageContaining("cannot be stored");
            assertThat(chunkFiles()).hasSize(1);
            assertThat(read(recovered(new CheckpointDirectory(directory)), "s")).isEqualTo(state);
        }
    }

    @Test
    void whatCannotBeWrittenBesideFailsWithoutHoldingUp() throws IOException {
        CheckpointDirectory checkpoints = opened();
        Files.delete(directory);
        byte[] longerThanWhatMayWait = random(8, 64 << 20);
        assertThatThrownBy(() -> checkpoints
                        .write(1, List.of(section("s", longerThanWhatMayWait)), BESIDE)
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR));
        Files.createDirectories(directory);
    }

    @Test
    void aSectionIsHeldInPiecesAndReadAsOftenAsWanted() {
        byte[] bytes = random(10, 3 << 20);
        StoredSection held = StoredSection.held("bytes", out -> write(bytes, out));
        StoredCheckpoint checkpoint = new StoredCheckpoint(1, Map.of("s", held));
        assertThat(read(checkpoint, "s")).isEqualTo(bytes);
        assertThat(read(checkpoint, "s")).isEqualTo(bytes);
    }

    @Test
    void aDamagedChunkIsNamed() throws IOException {
        opened().write(1, List.of(section("s", random(9, 1 << 20))), null).join();
        Path file = chunkFiles().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        for (int at : new int[] {0, 5000, bytes.length - 1}) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            assertDamaged(file);
        }
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertDamaged(file);
        Files.delete(file);
        assertDamaged(file);
        Files.write(file, bytes);
        assertThat(read(recovered(new CheckpointDirectory(directory)), "s")).hasSize(1 << 20);
    }

    private void assertDamaged(Path file) {
        assertThatThrownBy(() -> read(recovered(new CheckpointDirectory(directory)), "s"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED))
                .hasMessageContaining(file.toString());
    }
}
