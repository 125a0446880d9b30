package io.millrace.connector.s3;

import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RangeChannel;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Looks for a bucket's objects, reads and deletes them. Safe for use by several threads. */
final class VisibleObjects {

    private final BucketClient bucket;
    private final S3Location where;
    private final ServerSideEncryption encryption;
    private final Set<ObjectStream> reading = ConcurrentHashMap.newKeySet();

    VisibleObjects(BucketClient bucket) {
        this.bucket = bucket;
        this.where = bucket.where();
        this.encryption = bucket.settings().encryption();
    }

    boolean isVisible(String key) {
        return head(key) != null;
    }

    /** Looks at an object, or returns null where there is none. */
    @Nullable
    StoredFile find(String key) {
        HeadObjectResponse object = head(key);
        return object == null ? null : new StoredFile(where.name(key), object.contentLength(), object.eTag());
    }

    private @Nullable HeadObjectResponse head(String key) {
        try {
            return bucket.ask(client -> client.headObject(request -> {
                request.bucket(where.bucket()).key(key);
                encryption.into(request);
            }));
        } catch (SdkException e) {
            if (Failures.status(e) == 404) {
                return null;
            }
            throw Failures.failure(where, "looking for '" + key + "'", e);
        }
    }

    /** Returns the keys that begin with this, ascending; those of objects older than a time where it is given. */
    List<String> keys(String keyPrefix, @Nullable Instant before) {
        return bucket.told("listing", client -> {
            TreeSet<String> keys = new TreeSet<>();
            client
                    .listObjectsV2Paginator(
                            request -> request.bucket(where.bucket()).prefix(keyPrefix))
                    .contents()
                    .stream()
                    .filter(object -> before == null || object.lastModified().isBefore(before))
                    .map(S3Object::key)
                    .forEach(keys::add);
            return List.copyOf(keys);
        });
    }

    /** Returns the objects that are looked for, ascending by name. */
    List<StoredFile> search(FileSearch search) {
        return bucket.told("listing", client -> {
            List<StoredFile> found = new ArrayList<>();
            // What lies in folders below is not even sent.
            String delimiter = search.depth() == 1 ? "/" : null;
            for (S3Object object : client.listObjectsV2Paginator(request -> request.bucket(where.bucket())
                            .prefix(where.prefix() + search.prefix())
                            .delimiter(delimiter))
                    .contents()) {
                String name = where.name(object.key());
                if (!name.isEmpty() && !name.endsWith("/") && search.matches(name)) {
                    found.add(new StoredFile(name, object.size(), object.eTag()));
                    search.check(found.size());
                }
            }
            found.sort(Comparator.comparing(StoredFile::name));
            return found;
        });
    }

    /** Opens an object that was looked at, to be read in any order. */
    SeekableByteChannel open(StoredFile file) {
        return new RangeChannel(file, (from, length) -> stream(file, null, from, length));
    }

    /** Opens an object that was looked at, to be read from its beginning. */
    InputStream read(StoredFile file) {
        return stream(file, null, 0, file.bytes());
    }

    /** Opens an object as it is now, to be read from its beginning, or returns null where there is none. */
    @Nullable
    InputStream read(String key) {
        try {
            ResponseInputStream<GetObjectResponse> in = bucket.ask(client -> client.getObject(request -> {
                request.bucket(where.bucket()).key(key);
                encryption.into(request);
            }));
            GetObjectResponse object = in.response();
            if (object.contentLength() == null || object.eTag() == null) {
                return in;
            }
            StoredFile file = new StoredFile(where.name(key), object.contentLength(), object.eTag());
            return stream(file, in, 0, file.bytes());
        } catch (SdkException e) {
            if (Failures.status(e) == 404) {
                return null;
            }
            throw Failures.failure(where, "reading '" + key + "'", e);
        }
    }

    private ObjectStream stream(StoredFile file, @Nullable InputStream begun, long from, long length) {
        ObjectStream[] opened = new ObjectStream[1];
        ObjectStream stream = new ObjectStream(
                (start, count) -> range(file, start, count),
                begun,
                from,
                length,
                bucket.settings().access().attempts(),
                () -> reading.remove(opened[0]));
        opened[0] = stream;
        reading.add(stream);
        return stream;
    }

    /**
     * Sends for a part of an object.
     *
     * @throws MillraceException {@code WRONG_STATE} where it is another than was looked at by now, or gone
     */
    private ResponseInputStream<GetObjectResponse> range(StoredFile file, long from, long length) {
        // What was found has this name, also where none is made like it here, such as with two slashes.
        String key = where.keyToRead(file.name());
        ResponseInputStream<GetObjectResponse> in;
        try {
            in = bucket.ask(client -> client.getObject(request -> {
                request.bucket(where.bucket())
                        .key(key)
                        .ifMatch(file.version())
                        .range("bytes=" + from + "-" + (from + length - 1));
                encryption.into(request);
            }));
        } catch (SdkException e) {
            throw switch (Failures.status(e)) {
                case 404 -> ObjectStore.changed(file, true);
                case 412, 416 -> ObjectStore.changed(file, false);
                default -> Failures.failure(where, "reading '" + key + "'", e);
            };
        }
        try {
            check(file, in.response(), length);
            return in;
        } catch (RuntimeException e) {
            in.abort();
            throw e;
        }
    }

    /** Not all servers know conditions and ranges, and what they send instead is not to be taken for what was asked. */
    private void check(StoredFile file, GetObjectResponse answer, long length) {
        if (answer.eTag() != null && !plain(answer.eTag()).equals(plain(file.version()))) {
            throw ObjectStore.changed(file, false);
        }
        if (answer.contentLength() != null && answer.contentLength() != length) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "reading '" + file.name() + "' in " + where + " failed: " + answer.contentLength()
                            + " bytes came where " + length + " were asked for",
                    "see whether the server knows ranges");
        }
    }

    private static String plain(String tag) {
        return tag.replace("\"", "");
    }

    /** Deletes an object, if there is one. */
    void delete(String key) {
        bucket.told(
                "deleting '" + key + "'",
                client -> client.deleteObject(
                        request -> request.bucket(where.bucket()).key(key)));
    }

    /** Has reads under way end at once. */
    void cancel() {
        reading.forEach(ObjectStream::abort);
    }
}
