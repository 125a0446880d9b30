package io.millrace.connector.azure;

import io.millrace.connector.azure.BlockName.Kind;
import io.millrace.spi.connector.PartBuffer;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An upload while it is written. Its last block is written when it is sealed; the package page says why. */
final class StagedBlob implements StagedObject {

    private final StagedBlocks blocks;
    private final String blob;
    private final String upload;
    private final Consumer<Upload> onSealed;
    private final PartBuffer block;
    private final List<BlockName> parts = new ArrayList<>();
    private final OutputStream out = new Blocks();
    private boolean sent;
    private boolean done;

    /**
     * Sends nothing yet.
     *
     * @param upload sixteen hex digits that no other attempt has
     * @param onSealed called when the upload is whole
     */
    StagedBlob(StagedBlocks blocks, String blob, String upload, int blockBytes, Consumer<Upload> onSealed) {
        this.blocks = blocks;
        this.blob = blob;
        this.upload = upload;
        this.onSealed = onSealed;
        this.block = new PartBuffer(blockBytes);
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void seal() {
        // Whatever was written is in memory to its end: a block goes out when bytes come that have no room in it.
        if (block.isEmpty()) {
            sent = true;
            blocks.putEmpty(blob, upload);
        } else {
            put(Kind.LAST);
        }
        done = true;
        onSealed.accept(new Upload(upload, List.copyOf(parts), true));
    }

    private void put(Kind kind) {
        if (parts.size() > BlockName.INDEX_MAX) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "file '" + blob + "' in " + blocks.where() + " is longer than " + parts.size() + " blocks",
                    "choose a smaller 'roll_bytes' or a larger 'block_bytes'");
        }
        BlockName name = new BlockName(upload, kind, parts.size());
        // Noted before it is sent: where the answer is lost there may be something to drop.
        sent = true;
        blocks.put(blob, name, block);
        parts.add(name);
        block.clear();
    }

    @Override
    public void close() {
        if (!done) {
            done = true;
            if (sent) {
                blocks.drop(blob, upload);
            }
        }
    }

    /** Collects bytes into blocks and sends those that are full. */
    private final class Blocks extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int end = offset + length;
            while (from < end) {
                if (block.isFull()) {
                    put(Kind.PART);
                }
                from += block.add(bytes, from, end - from);
            }
        }
    }
}
