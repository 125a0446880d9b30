package io.millrace.runtime.checkpoint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of the newest checkpoint, by what they are. Those of files that are to go are left out: what is still needed
 * of them is written once more, and the next checkpoint does without the file.
 */
final class KnownChunks {

    static final KnownChunks NONE = new KnownChunks(Map.of());

    /** So many bytes may lie on disk for each byte that is needed. */
    private static final int SPACE = 2;

    /** Fewer bytes than this that are not needed are not worth a thought. */
    private static final long DEAD_LEAST = 1 << 20;

    /** Of more files than this, the shorter half is written into one. */
    private static final int FILES_MOST = 64;

    private final Map<ChunkId, Chunk> chunks;

    private KnownChunks(Map<ChunkId, Chunk> chunks) {
        this.chunks = chunks;
    }

    /**
     * @param newest the newest checkpoint
     * @param lengths how long each of its files is
     */
    static KnownChunks of(Manifest newest, Map<Long, Long> lengths) {
        Map<ChunkId, Chunk> chunks = new HashMap<>();
        newest.chunks().forEach(chunk -> chunks.put(chunk.id(), chunk));
        Map<Long, Long> needed = new TreeMap<>();
        chunks.values().forEach(chunk -> needed.merge(chunk.file(), (long) chunk.length(), Long::sum));
        Set<Long> leaving = leaving(needed, lengths);
        chunks.values().removeIf(chunk -> leaving.contains(chunk.file()));
        return new KnownChunks(chunks);
    }

    /** Chooses the files of which the most is not needed, or the short ones of too many. */
    static Set<Long> leaving(Map<Long, Long> needed, Map<Long, Long> lengths) {
        Set<Long> leaving = new HashSet<>();
        long alive = sum(needed);
        long all = needed.keySet().stream()
                .mapToLong(file -> length(file, lengths))
                .sum();
        if (all > SPACE * alive + DEAD_LEAST) {
            needed.forEach((file, bytes) -> {
                if (length(file, lengths) > SPACE * bytes) {
                    leaving.add(file);
                }
            });
        }
        if (needed.size() - leaving.size() > FILES_MOST) {
            List<Long> staying = needed.keySet().stream()
                    .filter(file -> !leaving.contains(file))
                    .sorted((one, other) -> Long.compare(length(one, lengths), length(other, lengths)))
                    .toList();
            leaving.addAll(staying.subList(0, staying.size() / 2));
        }
        return leaving;
    }

    private static long length(Long file, Map<Long, Long> lengths) {
        return lengths.getOrDefault(file, 0L);
    }

    private static long sum(Map<Long, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the chunk with this id; null where it is to be written. */
    @Nullable
    Chunk find(ChunkId id) {
        return chunks.get(id);
    }
}
