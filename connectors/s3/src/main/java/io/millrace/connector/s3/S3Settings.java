package io.millrace.connector.s3;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * How a bucket is reached.
 *
 * @param endpoint another server than Amazon's, or null
 * @param region the bucket's region
 * @param credentials whose calls they are
 * @param pathStyle whether the bucket stands in the path instead of the host name
 * @param partBytes length of an upload's parts
 * @param attempts how often a call is tried before it counts as failed
 */
record S3Settings(
        @Nullable URI endpoint,
        Region region,
        AwsCredentialsProvider credentials,
        boolean pathStyle,
        int partBytes,
        int attempts) {

    static final List<String> NAMES = List.of(
            "endpoint",
            "region",
            "access_key_id",
            "secret_access_key",
            "session_token",
            "path_style",
            "part_bytes",
            "attempts");

    /** The least that S3 takes for a part that is not the last. */
    static final int PART_BYTES_MIN = 5 << 20;

    private static final int PART_BYTES_MAX = 1 << 30;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    static S3Settings from(Options options) {
        options.refuseOthers(NAMES.toArray(String[]::new));
        URI endpoint = options.has("endpoint") ? endpoint(options.get("endpoint", "")) : null;
        long partBytes = options.getBytes("part_bytes", 8 << 20);
        if (partBytes < PART_BYTES_MIN || partBytes > PART_BYTES_MAX) {
            throw Options.invalid("part_bytes", options.get("part_bytes", ""), "a size from 5 MB to 1 GB");
        }
        return new S3Settings(
                endpoint,
                region(options, endpoint),
                credentials(options),
                options.getBoolean("path_style", endpoint != null),
                (int) partBytes,
                (int) options.getLong("attempts", 5, 1, 100));
    }

    private static URI endpoint(String text) {
        try {
            URI endpoint = new URI(text);
            if (endpoint.getHost() != null
                    && String.valueOf(endpoint.getScheme()).matches("https?")) {
                return endpoint;
            }
        } catch (URISyntaxException e) {
            throw Options.invalid("endpoint", text, "a URL such as 'http://127.0.0.1:9000'");
        }
        throw Options.invalid("endpoint", text, "a URL such as 'http://127.0.0.1:9000'");
    }

    private static Region region(Options options, @Nullable URI endpoint) {
        if (options.has("region")) {
            return Region.of(options.get("region", ""));
        }
        // A server that is not Amazon's has no region to ask this machine's role for, which takes a while.
        AwsRegionProvider provider = endpoint == null
                ? DefaultAwsRegionProviderChain.builder().build()
                : new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider());
        try {
            return provider.getRegion();
        } catch (SdkClientException e) {
            if (endpoint != null) {
                return Region.US_EAST_1;
            }
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the bucket's region is not known",
                    "give it: WITH (region = 'eu-central-1'), or set AWS_REGION",
                    e);
        }
    }

    private static AwsCredentialsProvider credentials(Options options) {
        boolean id = options.has("access_key_id");
        if (id != options.has("secret_access_key")) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "one of 'access_key_id' and 'secret_access_key' is given without the other",
                    "give both, or none to use what the environment has");
        }
        if (!id) {
            return DefaultCredentialsProvider.builder().build();
        }
        String key = options.get("access_key_id", "");
        String secret = options.get("secret_access_key", "");
        return StaticCredentialsProvider.create(
                options.has("session_token")
                        ? AwsSessionCredentials.create(key, secret, options.get("session_token", ""))
                        : AwsBasicCredentials.create(key, secret));
    }

    /**
     * Makes a client. It tries again by itself, after waits that double and have a random part, longer ones where the
     * server says that it has too much to do; where most calls fail it stops trying again.
     */
    S3Client client() {
        return S3Client.builder()
                .applyMutation(builder -> {
                    if (endpoint != null) {
                        builder.endpointOverride(endpoint);
                    }
                })
                .region(region)
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(ANSWER_TIMEOUT))
                // Parts carry an MD5 of ours. Trailing checksums are what other makers' servers know least.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle)
                        .chunkedEncodingEnabled(false)
                        .build())
                .overrideConfiguration(configuration -> configuration.retryStrategy(
                        StandardRetryStrategy.builder().maxAttempts(attempts).build()))
                .build();
    }
}
