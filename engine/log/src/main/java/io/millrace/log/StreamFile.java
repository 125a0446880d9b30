package io.millrace.log;

import io.millrace.log.disk.Disk;
import io.millrace.log.disk.ReadableFile;
import io.millrace.log.disk.WritableFile;
import io.millrace.log.frame.Checksum;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.HashKey;
import io.millrace.spi.log.HashRange;
import io.millrace.spi.log.ShardDescription;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file that says what a stream is: lines of text, the last with the CRC-32C of those before it. It is
 * written aside and forced, then takes the place of the old one.
 *
 * <pre>
 *   millrace stream 1
 *   name orders_eu                                    URL-encoded
 *   created 2026-11-21T00:00:00Z
 *   retention PT24H
 *   on-demand false
 *   shard 0 0 340282366920938463463374607431768211455 2026-11-21T00:00:00Z open -
 *   checksum 1a2b3c4d
 * </pre>
 *
 * A shard's line has its number, first and last hash key, creation, state, and its parents with commas.
 */
final class StreamFile {

    private static final String FILE_NAME = "stream";
    private static final String VERSION = "millrace stream 1";

    private StreamFile() {}

    static boolean existsIn(Disk disk, Path directory) throws IOException {
        return disk.exists(directory.resolve(FILE_NAME));
    }

    static void write(Disk disk, Path directory, StreamState state) throws IOException {
        Path aside = directory.resolve(FILE_NAME + ".new");
        try (WritableFile out = disk.openToWrite(aside)) {
            out.truncate(0);
            out.writeFully(ByteBuffer.wrap(encode(state).getBytes(StandardCharsets.UTF_8)), 0);
            out.force();
        }
        disk.move(aside, directory.resolve(FILE_NAME));
        disk.forceDirectory(directory);
    }

    static StreamState read(Disk disk, Path directory) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        String text;
        try (ReadableFile in = disk.openToRead(file)) {
            text = new String(in.readAll(), StandardCharsets.UTF_8);
        }
        int end = text.lastIndexOf("checksum ");
        if (end < 0 || !text.substring(end).equals(checksumLine(text.substring(0, end)))) {
            throw damaged(file, "its checksum is wrong", null);
        }
        try {
            return decode(Arrays.asList(text.substring(0, end).split("\n", -1)));
        } catch (RuntimeException e) {
            throw damaged(file, "it cannot be read by this version", e);
        }
    }

    static String encode(StreamState state) {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        text.append("name ")
                .append(URLEncoder.encode(state.name(), StandardCharsets.UTF_8))
                .append('\n');
        text.append("created ").append(state.created()).append('\n');
        text.append("retention ").append(state.retention()).append('\n');
        text.append("on-demand ").append(state.onDemand()).append('\n');
        state.shards().forEach(shard -> text.append(encode(shard)).append('\n'));
        return text + checksumLine(text.toString());
    }

    private static String encode(ShardDescription shard) {
        List<String> parents = shard.parents().stream().map(String::valueOf).toList();
        return String.join(
                " ",
                "shard",
                Integer.toString(shard.number()),
                shard.range().first().toString(),
                shard.range().last().toString(),
                shard.created().toString(),
                shard.closed() ? "closed" : "open",
                parents.isEmpty() ? "-" : String.join(",", parents));
    }

    private static String checksumLine(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return String.format(Locale.ROOT, "checksum %08x%n", Checksum.of(bytes, 0, bytes.length))
                .replace("\r", "");
    }

    private static StreamState decode(List<String> lines) {
        if (!lines.get(0).equals(VERSION)) {
            throw new IllegalArgumentException(lines.get(0));
        }
        List<ShardDescription> shards = new ArrayList<>();
        for (String line : lines.subList(5, lines.size())) {
            if (!line.isEmpty()) {
                shards.add(shard(line.split(" ", -1)));
            }
        }
        return new StreamState(
                URLDecoder.decode(value(lines.get(1), "name"), StandardCharsets.UTF_8),
                Instant.parse(value(lines.get(2), "created")),
                Duration.parse(value(lines.get(3), "retention")),
                Boolean.parseBoolean(value(lines.get(4), "on-demand")),
                shards);
    }

    private static String value(String line, String key) {
        if (!line.startsWith(key + " ")) {
            throw new IllegalArgumentException("no " + key);
        }
        return line.substring(key.length() + 1);
    }

    private static ShardDescription shard(String[] words) {
        List<Integer> parents = words[6].equals("-")
                ? List.of()
                : Arrays.stream(words[6].split(",", -1)).map(Integer::valueOf).toList();
        return new ShardDescription(
                Integer.parseInt(words[1]),
                new HashRange(HashKey.parse(words[2]), HashKey.parse(words[3])),
                Instant.parse(words[4]),
                parents,
                words[5].equals("closed"));
    }

    private static MillraceException damaged(Path file, String problem, @Nullable Throwable cause) {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "stream file " + file + " is damaged at byte 0: " + problem,
                "put back the file from a copy",
                cause);
    }
}
