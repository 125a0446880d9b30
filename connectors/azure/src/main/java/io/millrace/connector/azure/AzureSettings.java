package io.millrace.connector.azure;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.AccessTier;
import io.millrace.spi.Options;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a container is reached.
 *
 * @param access where it is, and who asks
 * @param blockBytes length of a blob's blocks
 * @param tier {@code access_tier} of new blobs, or null for the account's
 * @param encryptionScope {@code encryption_scope}: with which of the account's keys new blobs are encrypted, or null
 */
record AzureSettings(
        AzureAccess access,
        int blockBytes,
        @Nullable AccessTier tier,
        @Nullable String encryptionScope) {

    private static final String BLOCK_BYTES = "block_bytes";
    private static final String TIER = "access_tier";
    private static final String SCOPE = "encryption_scope";

    static final List<String> NAMES = Stream.concat(AzureAccess.NAMES.stream(), Stream.of(BLOCK_BYTES, TIER, SCOPE))
            .toList();

    private static final int BLOCK_BYTES_MIN = 64 << 10;
    private static final int BLOCK_BYTES_MAX = 1 << 30;
    private static final List<AccessTier> TIERS =
            List.of(AccessTier.HOT, AccessTier.COOL, AccessTier.COLD, AccessTier.ARCHIVE);

    static AzureSettings from(Options options, AzureLocation where) {
        return from(options, where, AzureSettings::environment);
    }

    static AzureSettings from(Options options, AzureLocation where, Function<String, @Nullable String> environment) {
        options.refuseOthers(NAMES.toArray(String[]::new));
        long blockBytes = options.getBytes(BLOCK_BYTES, 8 << 20);
        if (blockBytes < BLOCK_BYTES_MIN || blockBytes > BLOCK_BYTES_MAX) {
            throw Options.invalid(BLOCK_BYTES, options.get(BLOCK_BYTES, ""), "a size from 64 kB to 1 GB");
        }
        return new AzureSettings(
                AzureAccess.from(options, where, environment),
                (int) blockBytes,
                tier(options),
                options.has(SCOPE) ? options.get(SCOPE, "") : null);
    }

    /** As Azure's own tools call them; a system property of the name goes before. */
    private static @Nullable String environment(String name) {
        String value = System.getProperty(name, System.getenv(name));
        return value == null || value.isBlank() ? null : value;
    }

    private static @Nullable AccessTier tier(Options options) {
        if (!options.has(TIER)) {
            return null;
        }
        String name = options.get(TIER, "");
        return TIERS.stream()
                .filter(tier -> tier.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Options.invalid(
                        TIER,
                        name,
                        "one of " + TIERS.toString().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT)));
    }

    /** Makes a client. */
    BlobContainerClient client(AzureLocation where) {
        BlobContainerClientBuilder builder = new BlobContainerClientBuilder();
        if (encryptionScope != null) {
            builder.encryptionScope(encryptionScope);
        }
        return access.client(builder, where);
    }
}
