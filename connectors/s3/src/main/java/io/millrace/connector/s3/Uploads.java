package io.millrace.connector.s3;

import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.MillraceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The bucket's calls, by key. Safe for use by several threads. */
final class Uploads implements AutoCloseable {

    /** Most parts of an upload. */
    static final int PARTS_MAX = 10_000;

    /** What the bucket says to an attempt to complete. */
    enum Completed {
        /** The object is there now. */
        DONE,
        /** An object of this key was there before. */
        EXISTS,
        /** There is no such upload: it was completed before, or aborted. */
        GONE
    }

    private final S3Client client;
    private final S3Location where;
    private final @Nullable String storageClass;
    private final ServerSideEncryption encryption;

    Uploads(S3Settings settings, S3Location where) {
        this.client = settings.client();
        this.where = where;
        this.storageClass = settings.storageClass();
        this.encryption = settings.encryption();
    }

    S3Location where() {
        return where;
    }

    String begin(String key) {
        return Failures.told(
                where,
                "starting '" + key + "'",
                () -> client.createMultipartUpload(request -> {
                            request.bucket(where.bucket()).key(key).storageClass(storageClass);
                            encryption.into(request);
                        })
                        .uploadId());
    }

    CompletedPart put(String key, String upload, int number, PartBuffer bytes) {
        String tag = Failures.told(
                where,
                "writing part " + number + " of '" + key + "'",
                () -> client.uploadPart(
                                request -> {
                                    request.bucket(where.bucket())
                                            .key(key)
                                            .uploadId(upload)
                                            .partNumber(number)
                                            .contentMD5(bytes.md5())
                                            .contentLength((long) bytes.length());
                                    encryption.into(request);
                                },
                                RequestBody.fromContentProvider(
                                        bytes::stream, bytes.length(), "application/octet-stream"))
                        .eTag());
        return part(number, tag);
    }

    private static CompletedPart part(int number, String tag) {
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    /** Makes the object visible unless one of its key is. */
    Completed complete(String key, String upload, List<CompletedPart> parts) {
        try {
            client.completeMultipartUpload(request -> request.bucket(where.bucket())
                    .key(key)
                    .uploadId(upload)
                    .ifNoneMatch("*")
                    .multipartUpload(whole -> whole.parts(parts)));
            return Completed.DONE;
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case 404 -> Completed.GONE;
                case 412 -> Completed.EXISTS;
                default -> throw Failures.failure(where, "publishing '" + key + "'", e);
            };
        } catch (SdkException e) {
            throw Failures.failure(where, "publishing '" + key + "'", e);
        }
    }

    /** Drops an upload, if it is still there. */
    void abort(String key, String upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(where.bucket()).key(key).uploadId(upload));
        } catch (SdkException e) {
            if (Failures.status(e) != 404) {
                throw Failures.failure(where, "dropping '" + key + "'", e);
            }
        }
    }

    /** Deletes a visible object, if there is one. */
    void delete(String key) {
        try {
            client.deleteObject(request -> request.bucket(where.bucket()).key(key));
        } catch (SdkException e) {
            throw Failures.failure(where, "deleting '" + key + "'", e);
        }
    }

    /** Returns the uploads whose keys begin with this. */
    List<MultipartUpload> begun(String keyPrefix) {
        return Failures.told(where, "listing uploads", () -> {
            List<MultipartUpload> all = new ArrayList<>();
            for (ListMultipartUploadsResponse page : client.listMultipartUploadsPaginator(
                    request -> request.bucket(where.bucket()).prefix(keyPrefix))) {
                all.addAll(page.uploads());
            }
            return all;
        });
    }

    /** Returns the uploads of exactly this key. */
    List<String> begunAt(String key) {
        return begun(key).stream()
                .filter(upload -> upload.key().equals(key))
                .map(MultipartUpload::uploadId)
                .toList();
    }

    /** Returns an upload's parts, ascending; none where the upload is gone. */
    List<CompletedPart> parts(String key, String upload) {
        List<CompletedPart> all = new ArrayList<>();
        try {
            for (ListPartsResponse page : client.listPartsPaginator(request -> {
                request.bucket(where.bucket()).key(key).uploadId(upload);
                encryption.into(request);
            })) {
                for (Part part : page.parts()) {
                    all.add(part(part.partNumber(), part.eTag()));
                }
            }
            return all;
        } catch (SdkException e) {
            if (Failures.status(e) == 404) {
                return List.of();
            }
            throw Failures.failure(where, "listing the parts of '" + key + "'", e);
        }
    }

    private HeadObjectResponse head(String key) {
        return client.headObject(request -> {
            request.bucket(where.bucket()).key(key);
            encryption.into(request);
        });
    }

    boolean isVisible(String key) {
        try {
            head(key);
            return true;
        } catch (SdkException e) {
            if (Failures.status(e) == 404) {
                return false;
            }
            throw Failures.failure(where, "looking for '" + key + "'", e);
        }
    }

    /** Returns the keys of visible objects that begin with this, ascending; those older than a time where it is given. */
    List<String> keys(String keyPrefix, @Nullable Instant before) {
        return Failures.told(where, "listing", () -> {
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

    /** Looks at an object, or returns null where there is none. */
    @Nullable
    StoredFile find(String key) {
        try {
            HeadObjectResponse object = head(key);
            return new StoredFile(where.name(key), object.contentLength(), object.eTag());
        } catch (SdkException e) {
            if (Failures.status(e) == 404) {
                return null;
            }
            throw Failures.failure(where, "looking for '" + key + "'", e);
        }
    }

    /** Returns the objects that are looked for, ascending by name. */
    List<StoredFile> search(FileSearch search) {
        return Failures.told(where, "listing", () -> {
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

    /**
     * Opens a part of an object that was looked at.
     *
     * @throws MillraceException {@code WRONG_STATE} where it is another by now, or gone
     */
    ResponseInputStream<GetObjectResponse> open(String key, StoredFile file, long from, long length) {
        try {
            return client.getObject(request -> {
                request.bucket(where.bucket())
                        .key(key)
                        .ifMatch(file.version())
                        .range("bytes=" + from + "-" + (from + length - 1));
                encryption.into(request);
            });
        } catch (SdkException e) {
            throw switch (Failures.status(e)) {
                case 404 -> ObjectStore.changed(file, true);
                case 412, 416 -> ObjectStore.changed(file, false);
                default -> Failures.failure(where, "reading '" + key + "'", e);
            };
        }
    }

    /** Opens an object, or returns null where there is none. */
    @Nullable
    ResponseInputStream<GetObjectResponse> open(String key) {
        try {
            return client.getObject(request -> {
                request.bucket(where.bucket()).key(key);
                encryption.into(request);
            });
        } catch (SdkException e) {
            if (Failures.status(e) == 404) {
                return null;
            }
            throw Failures.failure(where, "reading '" + key + "'", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
