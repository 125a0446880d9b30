package io.millrace.connector.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import io.millrace.connector.azure.BlockName.Kind;
import io.millrace.spi.connector.PartBuffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** Blocks that become blobs of a container, by the blob's name. Safe for use by several threads. */
final class StagedBlocks {

    /** What the container says to an attempt to commit. */
    enum Committed {
        /** The blob is there now. */
        DONE,
        /** A blob of this name was there before. */
        EXISTS,
        /** There are no such blocks: they were committed before, or are forgotten. */
        GONE
    }

    /** What is written where a block's name says all. Azure takes no empty blocks. */
    private static final byte[] SAYS_NOTHING = {0};

    private final ContainerClient container;

    StagedBlocks(ContainerClient container) {
        this.container = container;
    }

    AzureLocation where() {
        return container.where();
    }

    /** Writes a block of a file. */
    void put(String blob, BlockName block, PartBuffer bytes) {
        put("writing block " + block.index() + " of '" + blob + "'", blob, block, bytes.bytes(), bytes.md5());
    }

    /** Notes that a file is empty, and whole. */
    void putEmpty(String blob, String upload) {
        note("ending '" + blob + "'", blob, new BlockName(upload, Kind.EMPTY, 0));
    }

    /** Notes that an upload is dropped. */
    void drop(String blob, String upload) {
        note("dropping '" + blob + "'", blob, new BlockName(upload, Kind.DROPPED, 0));
    }

    private void note(String what, String blob, BlockName block) {
        PartBuffer says = new PartBuffer(SAYS_NOTHING.length);
        says.add(SAYS_NOTHING, 0, SAYS_NOTHING.length);
        put(what, blob, block, says.bytes(), says.md5());
    }

    private void put(String what, String blob, BlockName block, ByteBuffer bytes, byte[] md5) {
        try {
            container.askBlob(
                    blob,
                    client -> client.stageBlockWithResponse(
                            new BlockBlobStageBlockOptions(block.encoded(), BinaryData.fromByteBuffer(bytes))
                                    .setContentMd5(md5),
                            null,
                            Context.NONE));
        } catch (RuntimeException e) {
            throw container.failure(what, e);
        }
    }

    /** Makes the blob visible unless one of its name is. */
    Committed commit(String blob, List<BlockName> parts) {
        List<String> names = parts.stream().map(BlockName::encoded).toList();
        try {
            container.askBlob(
                    blob,
                    client -> client.commitBlockListWithResponse(
                            new BlockBlobCommitBlockListOptions(names)
                                    .setTier(container.settings().tier())
                                    .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*")),
                            null,
                            Context.NONE));
            return Committed.DONE;
        } catch (RuntimeException e) {
            if (Failures.alreadyThere(e)) {
                return Committed.EXISTS;
            }
            if (Failures.code(e).equals("InvalidBlockList")) {
                return Committed.GONE;
            }
            throw container.failure("publishing '" + blob + "'", e);
        }
    }

    /** Returns what is written for a blob and neither committed nor dropped. */
    List<Upload> uploads(String blob) {
        try {
            List<Block> blocks = container.askBlob(
                    blob, client -> client.listBlocks(BlockListType.UNCOMMITTED).getUncommittedBlocks());
            return Upload.of(blocks.stream()
                    .map(block -> BlockName.of(block.getName()))
                    .filter(Objects::nonNull)
                    .toList());
        } catch (RuntimeException e) {
            if (Failures.status(e) == 404 && !Failures.code(e).equals("ContainerNotFound")) {
                return List.of();
            }
            throw container.failure("listing the blocks of '" + blob + "'", e);
        }
    }

    /** Returns the names of blobs that begin with this and may have blocks and nothing else. */
    List<String> candidates(String prefix) {
        ListBlobsOptions options = new ListBlobsOptions()
                .setPrefix(prefix)
                .setDetails(new BlobListDetails().setRetrieveUncommittedBlobs(true));
        return container.told(
                "listing blocks",
                client -> client.listBlobs(options, null).stream()
                        .filter(blob -> !hasContent(blob))
                        .map(BlobItem::getName)
                        .toList());
    }

    private static boolean hasContent(BlobItem blob) {
        Long length = blob.getProperties() == null ? null : blob.getProperties().getContentLength();
        return length != null && length > 0;
    }
}
