package io.millrace.format.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What Zstandard works in: tables of more than a megabyte, which cost more to set up than a page costs to compress. They
 * are used again by whichever thread comes next, so there are as many as threads have compressed at the same time, and
 * they are never given back. Each is for one thread at a time.
 */
final class ZstdCompressor {

    private static final Queue<ZstdCompressor> IDLE = new ConcurrentLinkedQueue<>();

    private final ZstdCompressCtx context = new ZstdCompressCtx();

    private ZstdCompressor() {}

    /** Compresses bytes into an array that has room for whatever comes, and returns how many those are. */
    static int compress(byte[] from, int length, byte[] to, int level) {
        ZstdCompressor idle = IDLE.poll();
        ZstdCompressor used = idle == null ? new ZstdCompressor() : idle;
        try {
            used.context.setLevel(level);
            return used.context.compressByteArray(to, 0, to.length, from, 0, length);
        } finally {
            IDLE.add(used);
        }
    }
}
