package io.millrace.server.acceptance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files as tests look at them and harm them. */
final class TestFiles {

    private TestFiles() {}

    /** Returns the lines of all visible files under a directory, file by file. */
    static List<String> lines(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(directory)) {
            if (!file.toString().contains("/.staged/")) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    /** Returns the regular files under a directory, in order. */
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Turns one bit of a file over. */
    static void flip(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte) (one.get(0) ^ 0x10)).rewind();
            channel.write(one, position);
        }
    }
}
