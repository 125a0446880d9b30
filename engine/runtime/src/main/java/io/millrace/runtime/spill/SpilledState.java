package io.millrace.runtime.spill;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * State on disk: the bytes that an operator stored, to be read back as they are. The file has no name that lasts: it goes
 * when it is closed. For one thread at a time.
 */
public final class SpilledState implements AutoCloseable {

    private static final int PIECE_BYTES = 256 << 10;

    private final WorkspaceShare share;
    private final CRC32C written = new CRC32C();
    private final SpillFile file;
    private long length;

    private SpilledState(WorkspaceShare share) {
        this.share = share;
        try {
            this.file = SpillFile.create(share.directory());
        } catch (IOException e) {
            throw DiskErrors.of(e, "put state aside in", share.directory());
        }
    }

    /**
     * Puts state aside.
     *
     * @param save writes it
     * @throws MillraceException {@code LIMIT_EXCEEDED} where the workspace may take no more, {@code IO_ERROR}
     */
    public static SpilledState write(WorkspaceShare share, Consumer<StateWriter> save) {
        SpilledState state = new SpilledState(share);
        try {
            StateWriter out = new StateWriter(state::take);
            save.accept(out);
            out.flush();
            return state;
        } catch (RuntimeException | Error e) {
            state.close();
            throw e;
        }
    }

    private byte[] take(byte[] block, int count) {
        share.useDisk(count);
        try {
            ByteBuffer source = ByteBuffer.wrap(block, 0, count);
            for (long at = length; source.hasRemaining(); ) {
                at += file.channel().write(source, at);
            }
        } catch (IOException e) {
            share.useDisk(-count);
            throw DiskErrors.of(e, "put state aside in", file.path());
        }
        written.update(block, 0, count);
        length += count;
        return block;
    }

    /** Returns how many bytes it has. */
    public long length() {
        return length;
    }

    /**
     * Gives the state to who reads it.
     *
     * @throws MillraceException {@code DATA_CORRUPTED} where these are not the bytes that were written
     */
    public void read(Consumer<StateReader> load) {
        Pieces pieces = new Pieces();
        load.accept(new StateReader(length, pieces::next));
        pieces.check();
    }

    /** Writes the bytes as they are. */
    public void copyTo(StateWriter out) {
        Pieces pieces = new Pieces();
        for (byte[] piece = pieces.next(); piece != null; piece = pieces.next()) {
            out.writeRaw(piece, 0, piece.length);
        }
        pieces.check();
    }

    @Override
    public void close() {
        share.useDisk(-length);
        length = 0;
        try {
            file.channel().close();
        } catch (IOException e) {
            throw DiskErrors.of(e, "let go of state put aside in", file.path());
        }
    }

    /** The bytes, read from the start. */
    private final class Pieces {

        private final CRC32C read = new CRC32C();
        private long position;

        byte @Nullable [] next() {
            if (position == length) {
                return null;
            }
            byte[] piece = new byte[(int) Math.min(PIECE_BYTES, length - position)];
            ByteBuffer target = ByteBuffer.wrap(piece);
            try {
                while (target.hasRemaining()) {
                    int count = file.channel().read(target, position);
                    if (count < 0) {
                        throw corrupted();
                    }
                    position += count;
                }
            } catch (IOException e) {
                throw DiskErrors.of(e, "read state put aside in", file.path());
            }
            read.update(piece);
            return piece;
        }

        /** Sees to it that all was read, and is what was written. */
        void check() {
            if (position != length || read.getValue() != written.getValue()) {
                throw corrupted();
            }
        }

        private MillraceException corrupted() {
            return new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "state put aside in " + file.path() + " is not what was written",
                    "look for errors of the disk; the query goes on from its last checkpoint when it is started again");
        }
    }
}
