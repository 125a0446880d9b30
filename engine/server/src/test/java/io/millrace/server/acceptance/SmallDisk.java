package io.millrace.server.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes, which can be filled. Mounting needs root on Linux; elsewhere tests are skipped. */
final class SmallDisk {

    private final Path place;
    private final Path ballast;

    private SmallDisk(Path place) {
        this.place = place;
        this.ballast = place.resolve("ballast");
    }

    static SmallDisk mount(Path place, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(place);
        int code = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", place.toString());
        Assumptions.assumeTrue(code == 0, "no small disk here: mounting a tmpfs needs root on Linux");
        return new SmallDisk(place);
    }

    Path place() {
        return place;
    }

    /** Takes all room there is, but for so many bytes. */
    void fill(long left) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (Files.getFileStore(place).getUsableSpace() > 0) {
                throw full;
            }
        }
        give(left);
    }

    /** Gives back so many bytes of what {@link #fill} took. */
    void give(long bytes) throws IOException {
        try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - bytes);
        }
    }

    /** Gives back all that {@link #fill} took. */
    void free() throws IOException {
        Files.delete(ballast);
    }

    void unmount() throws IOException, InterruptedException {
        // Segments that were mapped may stay so until they are collected.
        int code = run("umount", "-l", place.toString());
        if (code != 0) {
            throw new IOException(place + " is still mounted");
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchCommand) {
            return -1;
        }
    }
}
