package io.millrace.log.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalReadableFileTest {

    private static final int LENGTH = 4 << 20;

    @TempDir
    Path directory;

    /** Wherever in a read an interrupt comes, which differs from read to read. */
    @Test
    void whatIsReadIsTheSameWhereAnInterruptComesInBetween() throws Exception {
        byte[] content = new byte[LENGTH];
        new Random(3).nextBytes(content);
        Path path = Files.write(directory.resolve("f"), content);
        Thread reader = Thread.currentThread();
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean wanted = new AtomicBoolean();
        Random delays = new Random(4);
        Thread other = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                if (wanted.compareAndSet(true, false)) {
                    LockSupport.parkNanos(delays.nextInt(1_000_000));
                    reader.interrupt();
                }
                Thread.onSpinWait();
            }
        });
        try (ReadableFile file = new LocalDisk().openToRead(path)) {
            ByteBuffer target = ByteBuffer.allocateDirect(LENGTH);
            for (int i = 0; i < 300; i++) {
                target.clear();
                wanted.set(true);
                readSome(file, target);
                assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(content, 0, target.limit()));
            }
        } finally {
            over.set(true);
            while (other.isAlive()) {
                // A join would end with the interrupt.
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
    }

    private static void readSome(ReadableFile file, ByteBuffer target) throws IOException {
        assertThat(file.read(target, 0)).isEqualTo(target.position()).isPositive();
    }
}
