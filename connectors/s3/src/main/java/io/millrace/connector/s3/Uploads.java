package io.millrace.connector.s3;

import io.millrace.spi.connector.PartBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Uploads that become objects of a bucket, by key. Safe for use by several threads. */
final class Uploads {

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

    private final BucketClient bucket;
    private final S3Location where;
    private final @Nullable String storageClass;
    private final ServerSideEncryption encryption;

    Uploads(BucketClient bucket) {
        this.bucket = bucket;
        this.where = bucket.where();
        this.storageClass = bucket.settings().storageClass();
        this.encryption = bucket.settings().encryption();
    }

    S3Location where() {
        return where;
    }

    String begin(String key) {
        return bucket.told(
                "starting '" + key + "'",
                client -> client.createMultipartUpload(request -> {
                            request.bucket(where.bucket()).key(key).storageClass(storageClass);
                            encryption.into(request);
                        })
                        .uploadId());
    }

    CompletedPart put(String key, String upload, int number, PartBuffer bytes) {
        String tag = bucket.told(
                "writing part " + number + " of '" + key + "'",
                client -> client.uploadPart(
                                request -> {
                                    request.bucket(where.bucket())
                                            .key(key)
                                            .uploadId(upload)
                                            .partNumber(number)
                                            .contentMD5(Base64.getEncoder().encodeToString(bytes.md5()))
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
            bucket.ask(client -> client.completeMultipartUpload(request -> request.bucket(where.bucket())
                    .key(key)
                    .uploadId(upload)
                    .ifNoneMatch("*")
                    .multipartUpload(whole -> whole.parts(parts))));
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
            bucket.ask(client -> client.abortMultipartUpload(
                    request -> request.bucket(where.bucket()).key(key).uploadId(upload)));
        } catch (SdkException e) {
            if (Failures.status(e) != 404) {
                throw Failures.failure(where, "dropping '" + key + "'", e);
            }
        }
    }

    /** Returns the uploads whose keys begin with this. */
    List<MultipartUpload> begun(String keyPrefix) {
        return bucket.told("listing uploads", client -> {
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
        try {
            return bucket.ask(client -> {
                List<CompletedPart> all = new ArrayList<>();
                for (ListPartsResponse page : client.listPartsPaginator(request -> {
                    request.bucket(where.bucket()).key(key).uploadId(upload);
                    encryption.into(request);
                })) {
                    for (Part part : page.parts()) {
                        all.add(part(part.partNumber(), part.eTag()));
                    }
                }
                return all;
            });
        } catch (SdkException e) {
            if (Failures.status(e) == 404) {
                return List.of();
            }
            throw Failures.failure(where, "listing the parts of '" + key + "'", e);
        }
    }
}
