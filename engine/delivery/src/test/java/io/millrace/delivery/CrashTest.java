package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Crashes at every call to the store, before and after its effect, and inside writes to the journal: whatever
 * the journal has got since the last call may be cut off anywhere. The source forgets all it may forget.
 */
class CrashTest {

    @TempDir
    private Path directory;

    /** Entries put in, in this run, that no file can hold. */
    private long undeliverable;

    /** Crashes at the calls it is told to, and remembers how long the journal was after the last effect. */
    private static final class Crashes implements MemoryStore.Gate {
        private final Path journal;
        private int left;
        private boolean late;
        private int calls;
        private long journalLength;

        Crashes(Harness harness) {
            journal = harness.journal;
            harness.store.gate(this);
            harness.forgotten = this::effect;
        }

        void at(int call, boolean afterwards) {
            left = call;
            late = afterwards;
        }

        @Override
        public void before(String call) throws IOException {
            calls++;
            if (left-- == 0 && !late) {
                throw new MemoryStore.Crash("before " + call);
            }
            effect();
        }

        /** Notes that what the journal holds now was durable when something happened that rests on it. */
        void effect() {
            try {
                journalLength = Files.exists(journal) ? Files.size(journal) : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void after(String call) {
            if (left == -1 && late) {
                throw new MemoryStore.Crash("after " + call);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyRowIsDeliveredOnceWhateverTheCrash(boolean parted) throws IOException {
        int calls = run("none", -1, false, parted);
        assertThat(calls).isGreaterThan(50);
        for (int call = 0; call < calls; call++) {
            for (boolean late : new boolean[] {false, true}) {
                run(call + (late ? " after" : " before"), call, late, parted);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyRowIsDeliveredOnceThroughManyCrashes(boolean parted) throws IOException {
        manyCrashes(1, 20, parted);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("slow")
    void everyRowIsDeliveredOnceThroughVeryManyCrashes(boolean parted) throws IOException {
        manyCrashes(1000, 2000, parted);
    }

    private static Harness harness(boolean parted, Path directory, long seed) {
        return parted ? Harness.parted(directory, seed, "a", "b", "c") : new Harness(directory, seed, "a", "b", "c");
    }

    private void manyCrashes(long firstSeed, long lastSeed, boolean parted) throws IOException {
        for (long seed = firstSeed; seed <= lastSeed; seed++) {
            Random random = new Random(seed);
            Harness harness = harness(parted, Files.createTempDirectory(directory, "seed"), seed);
            undeliverable = 0;
            Crashes crashes = new Crashes(harness);
            crashes.at(random.nextInt(40), random.nextBoolean());
            for (int round = 0; round < 30; round++) {
                story(harness, crashes, round, random, () -> crashes.at(random.nextInt(60), random.nextBoolean()));
            }
            finish(harness, crashes, "seed " + seed);
        }
    }

    private int run(String name, int call, boolean late, boolean parted) throws IOException {
        Harness harness = harness(parted, Files.createTempDirectory(directory, "crash"), 1);
        undeliverable = 0;
        Crashes crashes = new Crashes(harness);
        crashes.at(call, late);
        Random content = new Random(7);
        for (int round = 0; round < 6; round++) {
            story(harness, crashes, round, content, () -> crashes.at(-2, false));
        }
        finish(harness, crashes, name);
        return crashes.calls;
    }

    /** Puts some entries in, lets time pass, and steps; after a crash it starts again and goes on. */
    private void story(Harness harness, Crashes crashes, int round, Random random, Runnable rearm) throws IOException {
        for (String split : harness.source.splits()) {
            harness.append(split, random.nextInt(15));
            switch (random.nextInt(8)) {
                case 0 -> {
                    harness.source.addMalformed(split, "unreadable");
                    undeliverable++;
                }
                case 1 -> {
                    harness.append(split, TextFiles.REFUSED);
                    undeliverable++;
                }
                default -> {}
            }
        }
        try {
            if (harness.delivery == null || round % 5 == 4) {
                close(harness);
                start(harness, crashes);
            }
            harness.settle();
            harness.advance(Duration.ofSeconds(3));
        } catch (MemoryStore.Crash crash) {
            rearm.run();
            cutTail(harness, crashes, random, crash.getMessage().startsWith("before"));
            harness.delivery = null;
        }
        harness.assertNothingTwice();
    }

    private static void close(Harness harness) throws IOException {
        if (harness.delivery != null) {
            Delivery closing = harness.delivery;
            harness.delivery = null;
            closing.close();
        }
    }

    private static void start(Harness harness, Crashes crashes) throws IOException {
        harness.open();
        crashes.effect();
    }

    /** Cuts off some of what the journal got since the last effect that anybody could see. */
    private static void cutTail(Harness harness, Crashes crashes, Random random, boolean cut) throws IOException {
        if (cut && Files.exists(harness.journal)) {
            long length = Files.size(harness.journal);
            if (length > crashes.journalLength) {
                try (RandomAccessFile file = new RandomAccessFile(harness.journal.toFile(), "rw")) {
                    file.setLength(random.nextLong(crashes.journalLength, length + 1));
                }
            }
        }
    }

    private void finish(Harness harness, Crashes crashes, String name) throws IOException {
        crashes.at(-2, false);
        if (harness.delivery == null) {
            start(harness, crashes);
        }
        harness.settle();
        harness.delivery.flush();
        harness.settle();
        try {
            harness.assertAllDelivered();
            if (harness.options == Harness.PARTED) {
                assertThat(harness.visibleErrors()).isEqualTo(undeliverable);
            }
        } catch (AssertionError e) {
            throw new AssertionError("crash at " + name, e);
        }
        harness.delivery.close();
    }
}
