package io.millrace.runtime.pump;

import io.millrace.runtime.checkpoint.CheckpointSection;
import io.millrace.runtime.checkpoint.CheckpointSize;
import io.millrace.runtime.checkpoint.StoredCheckpoint;
import io.millrace.runtime.checkpoint.StoredSection;
import io.millrace.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that a process can crash on: what was not forced survives a crash only by chance, and only from the
 * front. Each call may be the last of a process.
 */
final class CrashingDisk {

    /** Ends the process, as it were. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash(String where) {
            super(where);
        }
    }

    private final Random random;
    private int callsUntilCrash = Integer.MAX_VALUE;
    private @Nullable StoredCheckpoint checkpoint;
    private @Nullable Late late;
    private boolean writesLate;
    private final List<byte[]> journal = new ArrayList<>();
    private int forced;

    CrashingDisk(Random random) {
        this.random = random;
    }

    /** Whether a checkpoint that was being written has become durable is chance. */
    private void crashOfCheckpoint() {
        if (late != null && random.nextBoolean()) {
            late.land();
        }
        late = null;
    }

    /** Lets the process crash at a later call. */
    void crashAfter(int calls) {
        callsUntilCrash = calls;
    }

    /** Counts a call of the process to the outside, and crashes where it is the one. */
    void maybeCrash(String where) {
        if (callsUntilCrash-- <= 0) {
            callsUntilCrash = Integer.MAX_VALUE;
            crashOfCheckpoint();
            int kept = forced + random.nextInt(journal.size() - forced + 1);
            journal.subList(kept, journal.size()).clear();
            throw new Crash(where);
        }
    }

    /** From now on checkpoints become durable only later than they are written, at times that the seed says. */
    void writeLate() {
        writesLate = true;
    }

    StepStore store() {
        return new Store();
    }

    private static StoredCheckpoint read(long step, List<CheckpointSection> sections) {
        Map<String, StoredSection> read = new HashMap<>();
        for (CheckpointSection section : sections) {
            StateWriter out = new StateWriter();
            section.content().accept(out);
            read.put(section.id(), StoredSection.of(section.layout(), out.toByteArray()));
        }
        return new StoredCheckpoint(step, read);
    }

    /** A checkpoint that is being written. */
    private final class Late {

        private final StoredCheckpoint written;
        private final int records;
        private final CompletableFuture<CheckpointSize> durable = new CompletableFuture<>();

        Late(StoredCheckpoint written, int records) {
            this.written = written;
            this.records = records;
        }

        /** It is durable, and the records of its steps are cut. */
        void land() {
            checkpoint = written;
            journal.subList(0, records).clear();
            forced -= records;
            late = null;
            durable.complete(new CheckpointSize(0, 0));
        }
    }

    private final class Store implements StepStore {

        @Override
        public Recovered recover() {
            maybeCrash("before recovery");
            forced = journal.size();
            return new Recovered(checkpoint, List.copyOf(journal));
        }

        @Override
        public void append(long step, byte[] record) {
            maybeCrash("before the journal");
            if (late != null && random.nextInt(4) == 0) {
                late.land();
            }
            journal.add(record);
            maybeCrash("after the journal");
        }

        @Override
        public void force() {
            maybeCrash("before forcing the journal");
            forced = journal.size();
            maybeCrash("after forcing the journal");
        }

        @Override
        public long journalBytes() {
            return journal.stream()
                    .skip(late == null ? 0 : late.records)
                    .mapToLong(record -> record.length)
                    .sum();
        }

        @Override
        public CompletableFuture<CheckpointSize> checkpoint(long step, List<CheckpointSection> sections) {
            maybeCrash("before the checkpoint");
            late = new Late(read(step, sections), journal.size());
            forced = journal.size();
            CompletableFuture<CheckpointSize> durable = late.durable;
            if (!writesLate || checkpoint == null) {
                late.land();
            }
            maybeCrash("after the checkpoint");
            return durable;
        }

        @Override
        public void close() {}
    }
}
