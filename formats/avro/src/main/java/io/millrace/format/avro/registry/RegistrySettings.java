package io.millrace.format.avro.registry;

import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry is, and who asks.
 *
 * @param url {@code registry}
 * @param user {@code registry_user}, or the empty text
 * @param password {@code registry_password}
 * @param token {@code registry_token}: of those registries that want one, or the empty text
 * @param timeout {@code registry_timeout}: how long a call may take, 10 s as a rule
 * @param glue where it is one of Glue's, or null
 */
public record RegistrySettings(
        String url,
        String user,
        String password,
        String token,
        Duration timeout,
        @Nullable GlueSettings glue) {

    /** Name of the option that says where it is. */
    public static final String URL = "registry";

    private static final String USER = "registry_user";
    private static final String PASSWORD = "registry_password";
    private static final String TOKEN = "registry_token";
    private static final String TIMEOUT = "registry_timeout";

    /** The names of the options read here. */
    public static final List<String> NAMES = Stream.concat(
                    Stream.of(URL, USER, PASSWORD, TOKEN, TIMEOUT), GlueSettings.NAMES.stream())
            .toList();

    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(5);

    /**
     * Reads the options of these names and leaves alone the others.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT}
     */
    public static RegistrySettings from(Options options) {
        String url = options.get(URL, "");
        boolean glue = url.startsWith(GlueSettings.SCHEME);
        if (!glue) {
            requireHttp(url);
        }
        refuse(options, glue ? List.of(USER, PASSWORD, TOKEN) : GlueSettings.NAMES, glue);
        Duration timeout = options.getDuration(TIMEOUT, Duration.ofSeconds(10));
        if (timeout.toMillis() < 1 || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw Options.invalid(TIMEOUT, options.get(TIMEOUT, ""), "a time of at most 5 min");
        }
        return new RegistrySettings(
                url,
                options.get(USER, ""),
                options.get(PASSWORD, ""),
                options.get(TOKEN, ""),
                timeout,
                glue ? GlueSettings.from(url, options, timeout) : null);
    }

    private static void refuse(Options options, List<String> names, boolean glue) {
        names.stream().filter(options::has).findFirst().ifPresent(name -> {
            throw Options.invalid(
                    name,
                    Options.isSecret(name) ? "…" : options.get(name, ""),
                    glue
                            ? "registry_access_key_id and registry_secret_access_key: the registry is Glue's"
                            : "registry = 'glue:NAME' too, which it is about");
        });
    }

    private static void requireHttp(String url) {
        try {
            URI location = new URI(url);
            String scheme = String.valueOf(location.getScheme());
            if ((scheme.equals("http") || scheme.equals("https"))
                    && location.getHost() != null
                    && location.getUserInfo() == null
                    && location.getQuery() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            throw invalid(url);
        }
        throw invalid(url);
    }

    private static RuntimeException invalid(String url) {
        return Options.invalid(
                URL,
                ShownUrl.of(url),
                "the URL of a registry, such as 'http://127.0.0.1:8081', or 'glue:NAME'; who asks is said apart");
    }

    /** Returns the URL as it may be shown. */
    public String shownUrl() {
        return ShownUrl.of(url);
    }

    /** Opens the registry. Nothing is sent. */
    public SchemaRegistry open() {
        if (glue != null) {
            return new GlueRegistry(glue);
        }
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new ConfluentRegistry(
                this, !token.isEmpty() ? "Bearer " + token : user.isEmpty() ? null : "Basic " + basic);
    }

    /** Leaves out what nobody should see. */
    @Override
    public String toString() {
        return shownUrl();
    }
}
