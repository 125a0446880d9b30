package io.millrace.format.avro.registry;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Which of Glue's registries it is, and who asks.
 *
 * @param registry its name, as {@code registry = 'glue:NAME'} has it
 * @param endpoint {@code registry_endpoint}: the service, Amazon's in the region as a rule
 * @param region {@code registry_region}: what the environment says as a rule
 * @param credentials {@code registry_access_key_id}, {@code registry_secret_access_key}, {@code
 *     registry_session_token}: what the environment has as a rule
 * @param compatibility {@code registry_compatibility} of schemas that are made, BACKWARD as a rule
 * @param timeout {@code registry_timeout}: how long a call may take, and the check of a new version
 */
record GlueSettings(
        String registry,
        URI endpoint,
        String region,
        AwsCredentialsProvider credentials,
        String compatibility,
        Duration timeout) {

    /** What a URL of Glue's begins with. */
    static final String SCHEME = "glue:";

    private static final String REGION = "registry_region";
    private static final String ENDPOINT = "registry_endpoint";
    private static final String ACCESS_KEY_ID = "registry_access_key_id";
    private static final String SECRET_ACCESS_KEY = "registry_secret_access_key";
    private static final String SESSION_TOKEN = "registry_session_token";
    private static final String COMPATIBILITY = "registry_compatibility";

    /** The names of the options read here alone. */
    static final List<String> NAMES =
            List.of(REGION, ENDPOINT, ACCESS_KEY_ID, SECRET_ACCESS_KEY, SESSION_TOKEN, COMPATIBILITY);

    private static final Set<String> COMPATIBILITIES =
            Set.of("NONE", "DISABLED", "BACKWARD", "BACKWARD_ALL", "FORWARD", "FORWARD_ALL", "FULL", "FULL_ALL");

    static GlueSettings from(String url, Options options, Duration timeout) {
        String name = url.substring(SCHEME.length());
        if (!name.matches("[A-Za-z0-9_.$#-]{1,255}")) {
            throw Options.invalid(RegistrySettings.URL, url, "the name of a registry, such as 'glue:default-registry'");
        }
        String compatibility = options.get(COMPATIBILITY, "BACKWARD");
        if (!COMPATIBILITIES.contains(compatibility)) {
            throw Options.invalid(
                    COMPATIBILITY,
                    compatibility,
                    "one of " + COMPATIBILITIES.stream().sorted().toList());
        }
        String region = region(options);
        return new GlueSettings(name, endpoint(options, region), region, credentials(options), compatibility, timeout);
    }

    private static String region(Options options) {
        if (options.has(REGION)) {
            String region = options.get(REGION, "");
            if (!region.matches("[a-z0-9-]+")) {
                throw Options.invalid(REGION, region, "the code of a region, such as 'eu-central-1'");
            }
            return region;
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkClientException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the registry's region is not known",
                    "give it: WITH (registry_region = 'eu-central-1'), or set AWS_REGION",
                    e);
        }
    }

    private static URI endpoint(Options options, String region) {
        String text = options.get(ENDPOINT, "");
        if (text.isEmpty()) {
            String domain = Region.of(region).metadata() == null
                    ? "amazonaws.com"
                    : Region.of(region).metadata().partition().dnsSuffix();
            return URI.create("https://glue." + region + "." + domain + "/");
        }
        try {
            URI endpoint = new URI(text);
            if (endpoint.getHost() != null
                    && String.valueOf(endpoint.getScheme()).matches("https?")) {
                return endpoint.resolve("/");
            }
        } catch (URISyntaxException e) {
            throw Options.invalid(
                    ENDPOINT, text, "a URL such as 'https://vpce-….glue.eu-central-1.vpce.amazonaws.com'");
        }
        throw Options.invalid(ENDPOINT, text, "a URL such as 'https://vpce-….glue.eu-central-1.vpce.amazonaws.com'");
    }

    private static AwsCredentialsProvider credentials(Options options) {
        boolean id = options.has(ACCESS_KEY_ID);
        if (id != options.has(SECRET_ACCESS_KEY) || (!id && options.has(SESSION_TOKEN))) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "one of 'registry_access_key_id' and 'registry_secret_access_key' is given without the other",
                    "give both, or none to use what the environment has");
        }
        if (!id) {
            return DefaultCredentialsProvider.builder().build();
        }
        String key = options.get(ACCESS_KEY_ID, "");
        String secret = options.get(SECRET_ACCESS_KEY, "");
        return StaticCredentialsProvider.create(
                options.has(SESSION_TOKEN)
                        ? AwsSessionCredentials.create(key, secret, options.get(SESSION_TOKEN, ""))
                        : AwsBasicCredentials.create(key, secret));
    }

    /** Leaves out what nobody should see. */
    @Override
    public String toString() {
        return SCHEME + registry;
    }
}
