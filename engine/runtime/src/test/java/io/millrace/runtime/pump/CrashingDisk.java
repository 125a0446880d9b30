package io.millrace.runtime.pump;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
    private byte @Nullable [] checkpoint;
    private final List<byte[]> journal = new ArrayList<>();
    private int forced;

    CrashingDisk(Random random) {
        this.random = random;
    }

    /** Lets the process crash at a later call. */
    void crashAfter(int calls) {
        callsUntilCrash = calls;
    }

    /** Counts a call of the process to the outside, and crashes where it is the one. */
    void maybeCrash(String where) {
        if (callsUntilCrash-- <= 0) {
            callsUntilCrash = Integer.MAX_VALUE;
            int kept = forced + random.nextInt(journal.size() - forced + 1);
            journal.subList(kept, journal.size()).clear();
            throw new Crash(where);
        }
    }

    StepStore store() {
        return new Store();
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
            return journal.stream().mapToLong(record -> record.length).sum();
        }

        @Override
        public void checkpoint(long step, byte[] data, int size) {
            maybeCrash("before the checkpoint");
            checkpoint = Arrays.copyOf(data, size);
            journal.clear();
            forced = 0;
            maybeCrash("after the checkpoint");
        }

        @Override
        public void close() {}
    }
}
