package io.millrace.connector.s3;

import io.millrace.spi.Options;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * How a bucket is reached.
 *
 * @param access where it is, and who asks
 * @param pathStyle whether the bucket stands in the path instead of the host name
 * @param partBytes length of an upload's parts
 * @param storageClass {@code storage_class} of new objects, or null for the bucket's
 * @param encryption how the bucket encrypts objects
 */
record S3Settings(
        AwsAccess access,
        boolean pathStyle,
        int partBytes,
        @Nullable String storageClass,
        ServerSideEncryption encryption) {

    private static final String STORAGE_CLASS = "storage_class";

    static final List<String> NAMES = Stream.of(
                    AwsAccess.NAMES.stream(),
                    Stream.of("path_style", "part_bytes", STORAGE_CLASS),
                    ServerSideEncryption.NAMES.stream())
            .flatMap(names -> names)
            .toList();

    /** The least that S3 takes for a part that is not the last. */
    static final int PART_BYTES_MIN = 5 << 20;

    private static final int PART_BYTES_MAX = 1 << 30;

    static S3Settings from(Options options) {
        options.refuseOthers(NAMES.toArray(String[]::new));
        long partBytes = options.getBytes("part_bytes", 8 << 20);
        if (partBytes < PART_BYTES_MIN || partBytes > PART_BYTES_MAX) {
            throw Options.invalid("part_bytes", options.get("part_bytes", ""), "a size from 5 MB to 1 GB");
        }
        AwsAccess access = AwsAccess.from(options, "bucket");
        return new S3Settings(
                access,
                options.getBoolean("path_style", access.endpoint() != null),
                (int) partBytes,
                storageClass(options),
                ServerSideEncryption.from(options));
    }

    private static @Nullable String storageClass(Options options) {
        if (!options.has(STORAGE_CLASS)) {
            return null;
        }
        String name = options.get(STORAGE_CLASS, "").toUpperCase(Locale.ROOT);
        if (StorageClass.fromValue(name) == StorageClass.UNKNOWN_TO_SDK_VERSION) {
            String known = StorageClass.knownValues().stream()
                    .map(StorageClass::toString)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw Options.invalid(STORAGE_CLASS, name, "one of " + known);
        }
        return name;
    }

    /** Makes a client. */
    S3Client client() {
        return access.applyTo(S3Client.builder())
                // Parts carry an MD5 of ours. Trailing checksums are what other makers' servers know least.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle)
                        .chunkedEncodingEnabled(false)
                        .build())
                .build();
    }
}
