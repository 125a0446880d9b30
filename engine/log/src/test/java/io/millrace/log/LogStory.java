package io.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.log.disk.SimulatedDisk;
import io.millrace.log.frame.FrameHead;
import io.millrace.log.segment.Damage;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens to a shard, step by step, on a simulated disk: append, roll, crash, recover, expect.
 * Frames are counted from 0 in each segment, the segment's first frame included, so the first append to a
 * segment is frame 1.
 */
final class LogStory {

    private final TestClock clock = new TestClock();
    private final SimulatedDisk disk = new SimulatedDisk(new Random(1));
    private final List<CompletableFuture<Appended>> queued = new ArrayList<>();
    private LogStore store = open();
    private StoredShard shard;

    LogStory() {
        shard = (StoredShard) store.create("story", StreamSettings.ofShards(1)).shard(0);
    }

    private LogStore open() {
        return LogStore.openStepwise(Path.of("/story"), LogSettings.DEFAULT, clock, disk);
    }

    SimulatedDisk disk() {
        return disk;
    }

    StoredShard shard() {
        return shard;
    }

    /** Appends records together, and sees them acknowledged. */
    LogStory append(String... payloads) {
        return queue(payloads).commit();
    }

    LogStory appendStep(String producer, long step, boolean repeated, String payload) {
        CompletableFuture<Appended> future = shard.append(records(payload), new ProducerStep(producer, step));
        store.work();
        assertThat(future.join().repeated()).isEqualTo(repeated);
        return this;
    }

    /** Appends records that nobody writes yet. */
    LogStory queue(String... payloads) {
        queued.add(shard.append(records(payloads), null));
        return this;
    }

    /** Writes what is queued, in one group, and sees it acknowledged. */
    LogStory commit() {
        store.work();
        queued.forEach(future -> assertThat(future).isCompleted());
        queued.clear();
        return this;
    }

    /** Tries to write what is queued, in one group, and sees it refused. */
    LogStory commitFails(ErrorCode code) {
        store.work();
        for (CompletableFuture<Appended> future : queued) {
            assertThat(future.exceptionNow())
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(code));
        }
        queued.clear();
        return this;
    }

    LogStory disk(Consumer<SimulatedDisk> change) {
        change.accept(disk);
        return this;
    }

    LogStory roll() {
        shard.roll();
        return this;
    }

    /** The power fails. */
    LogStory crash() {
        store.work();
        disk.crash();
        return this;
    }

    /** The process dies; the machine goes on. */
    LogStory kill() {
        disk.kill();
        return this;
    }

    /** The process ends in good order. */
    LogStory close() {
        store.close();
        return this;
    }

    LogStory recover() {
        store = open();
        shard = (StoredShard) store.stream("story").shard(0);
        return this;
    }

    LogStory recoverAfterKill() {
        return kill().recover();
    }

    /** Recovers, and finds a frame of a segment damaged. */
    LogStory recoverFindsDamage(int segment, int frame) {
        return recover().expectDamage(segment, frame);
    }

    /** Expects entries up to a frame of a segment that is damaged, and an end that says that there was more. */
    LogStory expectBefore(int segment, int frame, int end, String... payloads) {
        List<String> read = new ArrayList<>();
        MillraceException error = catchThrowableOfType(MillraceException.class, () -> read(shard.firstIndex(), read));
        assertDamage(error, segment, frame);
        assertThat(read).containsExactly(payloads);
        assertThat(shard.endIndex()).isEqualTo(end);
        return this;
    }

    /** Expects that nothing can be written. */
    LogStory expectRefusal(int segment, int frame) {
        CompletableFuture<Appended> future = shard.append(records("more"), null);
        store.work();
        assertThat(future.exceptionNow())
                .isInstanceOfSatisfying(MillraceException.class, e -> assertDamage(e, segment, frame));
        return this;
    }

    /** Expects all entries from the first on. */
    LogStory expect(String... payloads) {
        assertThat(read(shard.firstIndex())).containsExactly(payloads);
        assertThat(shard.endIndex()).isEqualTo(shard.firstIndex() + payloads.length);
        return this;
    }

    /** Expects that entries can be read up to a frame of a segment that is damaged. */
    LogStory expectDamage(int segment, int frame) {
        MillraceException error = catchThrowableOfType(MillraceException.class, () -> read(shard.firstIndex()));
        assertDamage(error, segment, frame);
        return this;
    }

    LogStory expectCuts(int count) {
        assertThat(store.cuts()).hasSize(count);
        return this;
    }

    LogStory expectCut(int segment, int frame) {
        Damage cut = store.cuts().get(0);
        assertThat(cut.file()).isEqualTo(segments().get(segment));
        assertThat(cut.bytePosition()).isEqualTo(framePosition(segment, frame));
        return this;
    }

    LogStory expectSegments(int count) {
        assertThat(segments()).hasSize(count);
        return this;
    }

    /** Flips a bit in the middle of a frame. */
    LogStory flip(int segment, int frame) {
        int start = framePosition(segment, frame);
        int end = framePosition(segment, frame + 1);
        return change(segment, bytes -> {
            bytes[(start + end) / 2 + 8] ^= 4;
            return bytes;
        });
    }

    /** Cuts a segment's file so many bytes before its end. */
    LogStory cut(int segment, int bytesFromEnd) {
        return change(segment, bytes -> Arrays.copyOf(bytes, bytes.length - bytesFromEnd));
    }

    /** Cuts a segment's file where a frame starts. */
    LogStory cutFrame(int segment, int frame) {
        int start = framePosition(segment, frame);
        return change(segment, bytes -> Arrays.copyOf(bytes, start));
    }

    LogStory change(int segment, UnaryOperator<byte[]> change) {
        Path file = segments().get(segment);
        disk.bytes(file, change.apply(disk.bytes(file)));
        return this;
    }

    LogStory deleteSegment(int segment) {
        disk.remove(segments().get(segment));
        return this;
    }

    LogStory deleteIndexes() {
        disk.files().stream().filter(file -> file.toString().endsWith(".index")).forEach(disk::remove);
        return this;
    }

    private void assertDamage(@Nullable MillraceException error, int segment, int frame) {
        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
        assertThat(error).hasMessageContaining(segments().get(segment).toString());
        assertThat(error).hasMessageContaining(" at byte " + framePosition(segment, frame) + ":");
    }

    List<Path> segments() {
        return disk.files().stream()
                .filter(file -> file.toString().endsWith(".log"))
                .toList();
    }

    // Walks the lengths alone, so that it finds its way past a frame that was damaged inside.
    private int framePosition(int segment, int frame) {
        ByteBuffer bytes = ByteBuffer.wrap(disk.bytes(segments().get(segment))).order(ByteOrder.LITTLE_ENDIAN);
        FrameHead head = new FrameHead();
        int position = 0;
        for (int i = 0; i < frame; i++) {
            position += head.wrap(bytes, position).frameBytes();
        }
        return position;
    }

    private List<String> read(long from) {
        List<String> all = new ArrayList<>();
        read(from, all);
        return all;
    }

    private void read(long from, List<String> all) {
        try (LogReader reader = shard.reader(from, ReadOptions.RECORDS)) {
            for (LogBatch batch = reader.poll(100); batch != null; batch = reader.poll(100)) {
                for (int i = 0; i < batch.size(); i++) {
                    all.add(((LogBatch.Records) batch).payloads().text(i));
                }
            }
        }
    }

    private static RecordBatch records(String... payloads) {
        RecordBatch records = new RecordBatch();
        for (String payload : payloads) {
            records.add("key".getBytes(StandardCharsets.UTF_8), payload.getBytes(StandardCharsets.UTF_8));
        }
        return records;
    }
}
