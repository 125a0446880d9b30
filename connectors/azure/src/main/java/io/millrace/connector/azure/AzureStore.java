package io.millrace.connector.azure;

import io.millrace.connector.azure.StagedBlocks.Committed;
import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RangeChannel;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A place in a container whose blobs appear whole and once. */
final class AzureStore implements ObjectStore {

    private final ContainerClient container;
    private final AzureLocation where;
    private final StagedBlocks blocks;
    private final VisibleBlobs blobs;
    private final SecureRandom random = new SecureRandom();

    /** What was sealed here and not published yet, by blob; the container knows it too, at the price of asking. */
    private final Map<String, Upload> sealed = new ConcurrentHashMap<>();

    AzureStore(ContainerClient container) {
        this.container = container;
        this.where = container.where();
        this.blocks = new StagedBlocks(container);
        this.blobs = new VisibleBlobs(container);
    }

    @Override
    public StagedObject stage(String name) {
        discard(name);
        String blob = where.blob(name);
        String upload = HexFormat.of().toHexDigits(random.nextLong());
        return new StagedBlob(
                blocks, blob, upload, container.settings().blockBytes(), whole -> sealed.put(blob, whole));
    }

    @Override
    public void publish(String name) {
        String blob = where.blob(name);
        Upload known = sealed.get(blob);
        if (known != null && committed(blob, known)) {
            return;
        }
        // An earlier life sealed it, or the answer to an earlier attempt was lost.
        if (blobs.isVisible(blob)) {
            discard(name);
            return;
        }
        Upload found =
                blocks.uploads(blob).stream().filter(Upload::whole).findFirst().orElse(null);
        if (found == null || !committed(blob, found)) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "no file '" + name + "' is staged or visible in " + where,
                    "Azure forgets what is not published for a week");
        }
    }

    /** Commits an upload and returns whether the blob is visible now. */
    private boolean committed(String blob, Upload whole) {
        Committed answer = blocks.commit(blob, whole.parts());
        if (answer == Committed.EXISTS) {
            drop(blob);
        }
        sealed.remove(blob);
        return answer != Committed.GONE;
    }

    @Override
    public void discard(String name) {
        String blob = where.blob(name);
        sealed.remove(blob);
        drop(blob);
    }

    private void drop(String blob) {
        for (Upload upload : blocks.uploads(blob)) {
            blocks.drop(blob, upload.name());
        }
    }

    @Override
    public List<String> staged(String prefix) {
        return blocks.candidates(where.prefix() + prefix).stream()
                .filter(blob -> !blocks.uploads(blob).isEmpty() && !blobs.isVisible(blob))
                .map(where::name)
                .sorted()
                .toList();
    }

    @Override
    public List<String> list(String prefix) {
        return List.copyOf(blobs.names(prefix, null));
    }

    @Override
    public List<String> listBefore(String prefix, Instant time) {
        return List.copyOf(blobs.names(prefix, time));
    }

    @Override
    public boolean create(String name, byte[] content) {
        return blobs.create(where.blob(name), content);
    }

    @Override
    public void replace(String name, byte[] content) {
        blobs.replace(where.blob(name), content);
    }

    @Override
    public InputStream read(String name) {
        return read(found(name));
    }

    @Override
    public SeekableByteChannel open(String name) {
        return open(found(name));
    }

    @Override
    public @Nullable StoredFile find(String name) {
        return blobs.find(where.blobToRead(name));
    }

    private StoredFile found(String name) {
        StoredFile file = blobs.find(where.blob(name));
        if (file == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "no file '" + name + "' is visible in " + where);
        }
        return file;
    }

    @Override
    public List<StoredFile> search(FileSearch search) {
        return blobs.search(search);
    }

    @Override
    public SeekableByteChannel open(StoredFile file) {
        return new RangeChannel(
                file, (from, length) -> new ByteArrayInputStream(blobs.range(file, from, Math.toIntExact(length))));
    }

    @Override
    public InputStream read(StoredFile file) {
        return new BlobStream(blobs, file);
    }

    /** Nothing: each answer that was read has said which version it is of. */
    @Override
    public void check(StoredFile file) {}

    @Override
    public void delete(String name) {
        blobs.delete(where.blob(name));
    }

    @Override
    public void cancel() {
        container.cancel();
    }

    /** Nothing: connections end with the client, once nobody has it. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return where.toString();
    }
}
