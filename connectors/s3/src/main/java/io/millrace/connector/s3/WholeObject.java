package io.millrace.connector.s3;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects that are made by one request. Safe for use by several threads. */
final class WholeObject {

    /** How often a key is tried while the bucket says that others are at it. */
    private static final int ATTEMPTS = 20;

    private final BucketClient bucket;

    WholeObject(BucketClient bucket) {
        this.bucket = bucket;
    }

    /** Makes an object unless there is one, and returns whether it did. */
    boolean create(String key, byte[] content) {
        for (int attempt = 1; ; attempt++) {
            try {
                put(request(key).ifNoneMatch("*").build(), content);
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == 412) {
                    return false;
                }
                // Another request for the key is under way, and nobody has won yet.
                if (e.statusCode() != 409 || attempt == ATTEMPTS) {
                    throw Failures.failure(bucket.where(), "making '" + key + "'", e);
                }
            } catch (SdkException e) {
                throw Failures.failure(bucket.where(), "making '" + key + "'", e);
            }
        }
    }

    /** Makes an object, in the place of the one that is there. */
    void replace(String key, byte[] content) {
        try {
            put(request(key).build(), content);
        } catch (SdkException e) {
            throw Failures.failure(bucket.where(), "writing '" + key + "'", e);
        }
    }

    private PutObjectRequest.Builder request(String key) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket.where().bucket())
                .key(key)
                .storageClass(bucket.settings().storageClass());
        bucket.settings().encryption().into(request);
        return request;
    }

    private void put(PutObjectRequest request, byte[] content) {
        bucket.ask(client -> client.putObject(request, RequestBody.fromBytes(content)));
    }
}
