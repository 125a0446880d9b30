package io.millrace.connector.azure;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How an account is reached, and whose calls they are.
 *
 * <pre>
 *   connection_string   all in one, as Azure's portal shows it; AZURE_STORAGE_CONNECTION_STRING
 *   account             the storage account, where the URL does not name it; AZURE_STORAGE_ACCOUNT
 *   account_key         its key; AZURE_STORAGE_KEY
 *   sas_token           or a token that allows less; AZURE_STORAGE_SAS_TOKEN, with AZURE_STORAGE_ACCOUNT
 *   endpoint            another server than Azure's
 *   attempts, timeout   how often a call is tried, and how long the server may say nothing
 * </pre>
 *
 * @param endpoint where the account's blobs are, or null where the connection string says it
 * @param account the account's name, or null where nothing says it
 * @param credential what is shown with each call, or null for what everybody may do
 */
record AzureAccess(
        @Nullable String endpoint,
        @Nullable String account,
        @Nullable Credential credential,
        int attempts,
        Duration timeout) {

    private static final String CONNECTION_STRING = "connection_string";
    private static final String ACCOUNT = "account";
    private static final String ACCOUNT_KEY = "account_key";
    private static final String SAS_TOKEN = "sas_token";
    private static final String ENDPOINT = "endpoint";

    /** The options that say so. */
    static final List<String> NAMES =
            List.of(CONNECTION_STRING, ACCOUNT, ACCOUNT_KEY, SAS_TOKEN, ENDPOINT, "attempts", "timeout");

    private static final String HOST_SUFFIX = ".blob.core.windows.net";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE_AT_FIRST = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(10);

    /** What opens an account. */
    record Credential(Kind kind, String secret) {

        enum Kind {
            CONNECTION_STRING,
            ACCOUNT_KEY,
            SAS_TOKEN;

            /** Returns where it is said. */
            private String said() {
                return switch (this) {
                    case CONNECTION_STRING -> "'connection_string', or AZURE_STORAGE_CONNECTION_STRING";
                    case ACCOUNT_KEY -> "'account_key', or AZURE_STORAGE_KEY: it is in base64";
                    case SAS_TOKEN -> "'sas_token', or AZURE_STORAGE_SAS_TOKEN";
                };
            }
        }

        /** Leaves out what nobody should see. */
        @Override
        public String toString() {
            return kind.toString();
        }
    }

    /**
     * Reads the options.
     *
     * @param environment what is said for all, by the names of variables; null for what is not
     */
    static AzureAccess from(Options options, AzureLocation where, Function<String, @Nullable String> environment) {
        Credential credential = credential(options, where, environment);
        boolean whole = credential != null && credential.kind() == Credential.Kind.CONNECTION_STRING;
        String account = account(options, where, environment);
        return new AzureAccess(
                whole ? null : endpoint(options, where, account),
                whole ? where.account() : account,
                credential,
                (int) options.getLong("attempts", 5, 1, 100),
                timeout(options));
    }

    private static @Nullable Credential credential(
            Options options, AzureLocation where, Function<String, @Nullable String> environment) {
        List<String> given = new ArrayList<>(List.of(CONNECTION_STRING, ACCOUNT_KEY, SAS_TOKEN));
        given.removeIf(name -> !options.has(name));
        if (given.size() > 1) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + given.get(0) + "' and '" + given.get(1) + "' are both given",
                    "give one of 'connection_string', 'account_key' and 'sas_token'");
        }
        if (options.has(CONNECTION_STRING) && (options.has(ACCOUNT) || options.has(ENDPOINT))) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'connection_string' is given with '" + (options.has(ACCOUNT) ? ACCOUNT : ENDPOINT) + "'",
                    "leave that out: a connection string says both");
        }
        if (given.isEmpty()) {
            return fromEnvironment(options, where, environment);
        }
        String secret = options.get(given.getFirst(), "");
        return switch (given.getFirst()) {
            case CONNECTION_STRING -> new Credential(Credential.Kind.CONNECTION_STRING, secret);
            case ACCOUNT_KEY -> new Credential(Credential.Kind.ACCOUNT_KEY, secret);
            default -> new Credential(Credential.Kind.SAS_TOKEN, secret);
        };
    }

    /**
     * What is meant for one account is not shown to another that a statement names. A key is never shown: calls are signed
     * with it. A token is, so it goes to the account that stands beside it in the environment, at Azure, and nowhere else.
     */
    private static @Nullable Credential fromEnvironment(
            Options options, AzureLocation where, Function<String, @Nullable String> environment) {
        String whole = environment.apply("AZURE_STORAGE_CONNECTION_STRING");
        if (whole != null && !options.has(ACCOUNT) && !options.has(ENDPOINT)) {
            return new Credential(Credential.Kind.CONNECTION_STRING, whole);
        }
        String key = environment.apply("AZURE_STORAGE_KEY");
        if (key != null) {
            return new Credential(Credential.Kind.ACCOUNT_KEY, key);
        }
        String token = environment.apply("AZURE_STORAGE_SAS_TOKEN");
        return token == null || !ownAccount(options, where, environment)
                ? null
                : new Credential(Credential.Kind.SAS_TOKEN, token);
    }

    private static boolean ownAccount(
            Options options, AzureLocation where, Function<String, @Nullable String> environment) {
        String own = environment.apply("AZURE_STORAGE_ACCOUNT");
        return own != null
                && !options.has(ENDPOINT)
                && own.equals(account(options, where, environment))
                && (where.host() == null || where.host().equals(own + HOST_SUFFIX));
    }

    private static @Nullable String account(
            Options options, AzureLocation where, Function<String, @Nullable String> environment) {
        String named = where.account();
        if (options.has(ACCOUNT)) {
            String account = options.get(ACCOUNT, "");
            if (!account.matches("[a-z0-9]{3,24}")) {
                throw Options.invalid(ACCOUNT, account, "3 to 24 small letters and digits");
            }
            if (named != null && !named.equals(account)) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "the URL names account '" + named + "' and the options '" + account + "'",
                        "leave out 'account'");
            }
            return account;
        }
        return named != null ? named : environment.apply("AZURE_STORAGE_ACCOUNT");
    }

    private static String endpoint(Options options, AzureLocation where, @Nullable String account) {
        if (options.has(ENDPOINT)) {
            return endpoint(options.get(ENDPOINT, ""));
        }
        if (where.host() != null) {
            return "https://" + where.host();
        }
        if (account == null) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the storage account of container '" + where.container() + "' is not known",
                    "give it: WITH (account = 'name'), or set AZURE_STORAGE_ACCOUNT or"
                            + " AZURE_STORAGE_CONNECTION_STRING");
        }
        return "https://" + account + HOST_SUFFIX;
    }

    private static String endpoint(String text) {
        try {
            URI endpoint = new URI(text);
            if (endpoint.getHost() != null
                    && String.valueOf(endpoint.getScheme()).matches("https?")
                    && endpoint.getUserInfo() == null
                    && endpoint.getQuery() == null) {
                return text.replaceFirst("/+$", "");
            }
        } catch (URISyntaxException e) {
            throw Options.invalid(ENDPOINT, text, "a URL such as 'http://127.0.0.1:10000/devstoreaccount1'");
        }
        throw Options.invalid(
                ENDPOINT,
                ShownUrl.of(text),
                "a URL such as 'http://127.0.0.1:10000/devstoreaccount1', without a token");
    }

    private static Duration timeout(Options options) {
        Duration timeout = options.getDuration("timeout", Duration.ofSeconds(60));
        if (timeout.toMillis() < 1) {
            throw Options.invalid("timeout", options.get("timeout", ""), "a time such as '60 s'");
        }
        return timeout;
    }

    /** Has a client reach the account so. It tries again by itself, after waits that double. */
    BlobContainerClient client(BlobContainerClientBuilder builder, AzureLocation where) {
        builder.containerName(where.container())
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL, attempts, (Duration) null, PAUSE_AT_FIRST, PAUSE_MAX, null))
                .httpClient(new JdkHttpClientBuilder(HttpClient.newBuilder().version(Version.HTTP_1_1))
                        .connectionTimeout(timeout.compareTo(CONNECT_TIMEOUT) < 0 ? timeout : CONNECT_TIMEOUT)
                        .responseTimeout(timeout)
                        .readTimeout(timeout)
                        .writeTimeout(timeout)
                        .build());
        if (endpoint != null) {
            builder.endpoint(endpoint);
        }
        try {
            show(builder);
            return checked(builder.buildClient());
        } catch (IllegalArgumentException | NullPointerException e) {
            // What the library says may have the secret in it.
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "what opens the storage account cannot be used",
                    "check "
                            + (credential == null
                                    ? "'endpoint'"
                                    : credential.kind().said()));
        }
    }

    private void show(BlobContainerClientBuilder builder) {
        if (credential == null) {
            builder.setAnonymousAccess();
            return;
        }
        switch (credential.kind()) {
            case CONNECTION_STRING -> builder.connectionString(credential.secret());
            case SAS_TOKEN -> builder.sasToken(credential.secret().replaceFirst("^\\?", ""));
            case ACCOUNT_KEY -> {
                // The library would notice with the first call.
                Base64.getDecoder().decode(credential.secret());
                builder.credential(new StorageSharedKeyCredential(named(), credential.secret()));
            }
        }
    }

    private String named() {
        if (account == null) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the name of the storage account is not known, and its key needs it",
                    "give it: WITH (account = 'name')");
        }
        return account;
    }

    /** A URL that names one account is not to be written to another. */
    private BlobContainerClient checked(BlobContainerClient client) {
        if (account != null && endpoint == null && !account.equals(client.getAccountName())) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the URL names account '" + account + "' and the connection string '" + client.getAccountName()
                            + "'",
                    "give the key or the token of '" + account + "'");
        }
        return client;
    }
}
