package io.millrace.runtime.checkpoint;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a chunk: chunks of the same id have the same bytes. */
record ChunkId(long a, long b, long c, long d) {

    static final int BYTES = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Returns what makes ids. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Returns the id of these bytes; the digest is as new afterwards. */
    static ChunkId of(MessageDigest digest, byte[] data, int start, int end) {
        digest.update(data, start, end - start);
        byte[] hash = digest.digest();
        return new ChunkId((long) LONG.get(hash, 0), (long) LONG.get(hash, 8), (long) LONG.get(hash, 16), (long)
                LONG.get(hash, 24));
    }

    void write(StateWriter out) {
        out.writeLong(a);
        out.writeLong(b);
        out.writeLong(c);
        out.writeLong(d);
    }

    static ChunkId read(StateReader in) {
        return new ChunkId(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
