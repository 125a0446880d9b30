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
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.StandardRetryStrategy;

/**
 * How a service of Amazon's, or what speaks its protocol, is reached.
 *
 * @param endpoint another server than Amazon's, or null
 * @param region the service's region
 * @param credentials whose calls they are
 * @param attempts how often a call is tried before it counts as failed
 * @param timeout how long the service may say nothing before a call is tried again
 */
public record AwsAccess(
        @Nullable URI endpoint, Region region, AwsCredentialsProvider credentials, int attempts, Duration timeout) {

    /** The options that say so. */
    public static final List<String> NAMES =
            List.of("endpoint", "region", "access_key_id", "secret_access_key", "session_token", "attempts", "timeout");

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Reads the options.
     *
     * @param what the thing whose region may not be known, such as {@code bucket}
     */
    public static AwsAccess from(Options options, String what) {
        URI endpoint = options.has("endpoint") ? endpoint(options.get("endpoint", "")) : null;
        return new AwsAccess(
                endpoint,
                region(options, endpoint, what),
                credentials(options),
                (int) options.getLong("attempts", 5, 1, 100),
                timeout(options));
    }

    private static Duration timeout(Options options) {
        Duration timeout = options.getDuration("timeout", Duration.ofSeconds(60));
        if (timeout.toMillis() < 1) {
            throw Options.invalid("timeout", options.get("timeout", ""), "a time such as '60 s'");
        }
        return timeout;
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

    private static Region region(Options options, @Nullable URI endpoint, String what) {
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
                    "the " + what + "'s region is not known",
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
     * Has a client reach the service so. It tries again by itself, after waits that double and have a random part, longer
     * ones where the server says that it has too much to do; where most calls fail it stops trying again.
     */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B applyTo(B client) {
        if (endpoint != null) {
            client.endpointOverride(endpoint);
        }
        return client.region(region)
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(timeout.compareTo(CONNECT_TIMEOUT) < 0 ? timeout : CONNECT_TIMEOUT)
                        .socketTimeout(timeout))
                .overrideConfiguration(configuration -> configuration.retryStrategy(
                        StandardRetryStrategy.builder().maxAttempts(attempts).build()));
    }
}
