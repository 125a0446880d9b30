package io.millrace.connector.azure;

import com.azure.core.http.rest.PagedIterable;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobDownloadContentResponse;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks for a container's blobs, reads, makes and deletes them. Safe for use by several threads. */
final class VisibleBlobs {

    /** What an account with folders of its own says of one: it is listed like a blob. */
    private static final String FOLDER = "hdi_isfolder";

    private final ContainerClient container;
    private final AzureLocation where;

    VisibleBlobs(ContainerClient container) {
        this.container = container;
        this.where = container.where();
    }

    boolean isVisible(String blob) {
        return look(blob) != null;
    }

    /** Looks at a blob, or returns null where there is none. */
    @Nullable
    StoredFile find(String blob) {
        BlobProperties properties = look(blob);
        return properties == null || isFolder(properties.getMetadata())
                ? null
                : new StoredFile(where.name(blob), properties.getBlobSize(), plain(properties.getETag()));
    }

    private @Nullable BlobProperties look(String blob) {
        try {
            return container.askBlob(
                    blob,
                    client -> client.getPropertiesWithResponse(null, null, Context.NONE)
                            .getValue());
        } catch (RuntimeException e) {
            // An answer to HEAD has no body; what is missing it says in a header, if it does.
            if (Failures.status(e) == 404 && !Failures.code(e).equals("ContainerNotFound")) {
                return null;
            }
            throw container.failure("looking for '" + blob + "'", e);
        }
    }

    private static boolean isFolder(@Nullable Map<String, String> metadata) {
        return metadata != null && Boolean.parseBoolean(metadata.get(FOLDER));
    }

    private static String plain(String tag) {
        return tag.replace("\"", "");
    }

    /** Returns the names of files that begin with this, ascending; those older than a time where it is given. */
    Set<String> names(String prefix, @Nullable Instant before) {
        return container.told("listing", client -> {
            TreeSet<String> names = new TreeSet<>();
            for (BlobItem blob : client.listBlobs(options(prefix), null)) {
                if (isFile(blob)
                        && (before == null
                                || blob.getProperties()
                                        .getLastModified()
                                        .toInstant()
                                        .isBefore(before))) {
                    names.add(where.name(blob.getName()));
                }
            }
            return names;
        });
    }

    /** Returns the blobs that are looked for, ascending by name. */
    List<StoredFile> search(FileSearch search) {
        return container.told("listing", client -> {
            List<StoredFile> found = new ArrayList<>();
            for (BlobItem blob : blobs(client, search)) {
                String name = where.name(blob.getName());
                if (isFile(blob) && search.matches(name)) {
                    found.add(new StoredFile(
                            name,
                            blob.getProperties().getContentLength(),
                            plain(blob.getProperties().getETag())));
                    search.check(found.size());
                }
            }
            found.sort(Comparator.comparing(StoredFile::name));
            return found;
        });
    }

    private PagedIterable<BlobItem> blobs(BlobContainerClient client, FileSearch search) {
        ListBlobsOptions options = options(search.prefix());
        // What lies in folders below is not even sent.
        return search.depth() == 1 ? client.listBlobsByHierarchy("/", options, null) : client.listBlobs(options, null);
    }

    private ListBlobsOptions options(String prefix) {
        return new ListBlobsOptions()
                .setPrefix(where.prefix() + prefix)
                .setDetails(new BlobListDetails().setRetrieveMetadata(true));
    }

    private boolean isFile(BlobItem blob) {
        return !Boolean.TRUE.equals(blob.isPrefix())
                && !blob.getName().endsWith("/")
                && blob.getName().length() > where.prefix().length()
                && !isFolder(blob.getMetadata());
    }

    /**
     * Returns a part of a blob.
     *
     * @throws MillraceException {@code WRONG_STATE} where it is another than was looked at by now, or gone
     */
    byte[] range(StoredFile file, long from, int length) {
        // What was found has this name, also where none is made like it here, such as with two slashes.
        String blob = where.blobToRead(file.name());
        BlobDownloadContentResponse answer;
        try {
            answer = container.askBlob(
                    blob,
                    client -> client.downloadContentWithResponse(
                            new DownloadRetryOptions()
                                    .setMaxRetryRequests(
                                            container.settings().access().attempts() - 1),
                            new BlobRequestConditions().setIfMatch("\"" + file.version() + "\""),
                            new BlobRange(from, (long) length),
                            false,
                            null,
                            Context.NONE));
        } catch (RuntimeException e) {
            throw switch (Failures.status(e)) {
                case 404 -> ObjectStore.changed(file, true);
                // A blob that is not there does not fulfil the condition either.
                case 412, 416 -> ObjectStore.changed(file, look(blob) == null);
                default -> container.failure("reading '" + blob + "'", e);
            };
        }
        return checked(file, answer, length);
    }

    /** What a server sends that knows no conditions and ranges is not to be taken for what was asked. */
    private byte[] checked(StoredFile file, BlobDownloadContentResponse answer, int length) {
        String tag = answer.getDeserializedHeaders().getETag();
        if (tag != null && !plain(tag).equals(file.version())) {
            throw ObjectStore.changed(file, false);
        }
        byte[] bytes = answer.getValue().toBytes();
        if (bytes.length != length) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "reading '" + file.name() + "' in " + where + " failed: " + bytes.length + " bytes came where "
                            + length + " were asked for",
                    "see whether the server knows ranges");
        }
        return bytes;
    }

    /** Makes a blob unless there is one, and returns whether it did. */
    boolean create(String blob, byte[] content) {
        try {
            upload(blob, content, new BlobRequestConditions().setIfNoneMatch("*"));
            return true;
        } catch (RuntimeException e) {
            if (Failures.alreadyThere(e)) {
                return false;
            }
            throw container.failure("making '" + blob + "'", e);
        }
    }

    /** Makes a blob, in the place of the one that is there. */
    void replace(String blob, byte[] content) {
        try {
            upload(blob, content, null);
        } catch (RuntimeException e) {
            throw container.failure("writing '" + blob + "'", e);
        }
    }

    private void upload(String blob, byte[] content, @Nullable BlobRequestConditions conditions) {
        container.askBlob(
                blob,
                client -> client.uploadWithResponse(
                        new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(content))
                                .setTier(container.settings().tier())
                                .setRequestConditions(conditions),
                        null,
                        Context.NONE));
    }

    /** Deletes a blob, if there is one. Where there are only blocks that are not committed Azurite would forget them. */
    void delete(String blob) {
        if (look(blob) == null) {
            return;
        }
        try {
            container.askBlob(blob, client -> client.deleteIfExists());
        } catch (RuntimeException e) {
            throw container.failure("deleting '" + blob + "'", e);
        }
    }
}
