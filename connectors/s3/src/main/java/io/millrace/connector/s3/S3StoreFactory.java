package io.millrace.connector.s3;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import java.net.URI;
import java.util.List;

/**
 * Opens buckets. Options: {@code endpoint}, {@code region}, {@code access_key_id} with {@code secret_access_key} and
 * perhaps {@code session_token}, {@code path_style}, {@code part_bytes}, {@code attempts}, {@code storage_class}, and
 * those of {@link ServerSideEncryption}. What is not given comes
 * from where the AWS tools look: environment, system properties, profile files, the machine's role.
 *
 * <p>Opening sends nothing: a bucket that cannot be reached shows when it is used.
 */
public final class S3StoreFactory implements ObjectStoreFactory {

    @Override
    public List<String> schemes() {
        return List.of("s3");
    }

    @Override
    public List<String> options() {
        return S3Settings.NAMES;
    }

    @Override
    public ObjectStore open(URI location, Options options) {
        return open(S3Location.of(location), options);
    }

    @Override
    public ObjectStore openToRead(URI location, Options options) {
        return open(S3Location.toRead(location), options);
    }

    private static ObjectStore open(S3Location where, Options options) {
        return new S3Store(new BucketClient(S3Settings.from(options), where));
    }
}
