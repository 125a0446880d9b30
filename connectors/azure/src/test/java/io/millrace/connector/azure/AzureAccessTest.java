package io.millrace.connector.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.BlobServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a container is, and whose calls they are. */
class AzureAccessTest {

    private static final String KEY = BlobServer.ACCOUNT_KEY;

    private static BlobServer server;

    @BeforeAll
    static void start() throws Exception {
        server = BlobServer.require();
        server.put("there", new byte[] {1});
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static ObjectStore open(String url, Map<String, String> environment, String... options) {
        AzureLocation where = AzureLocation.of(URI.create(url));
        return new AzureStore(
                new ContainerClient(AzureSettings.from(options(options), where, environment::get), where));
    }

    private static Options options(String... options) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return new Options(all);
    }

    private static void reads(ObjectStore store) throws IOException {
        try (store) {
            assertThat(store.list("there")).containsExactly("there");
        }
    }

    @Test
    void eachWayToSayWhoOpensTheContainer() throws IOException {
        reads(open("az://lake", Map.of(), "connection_string", server.connectionString()));
        reads(open("azure://lake/", Map.of("AZURE_STORAGE_CONNECTION_STRING", server.connectionString())));
        reads(open(
                "azure://lake",
                Map.of(),
                "endpoint",
                server.endpoint(),
                "account",
                BlobServer.ACCOUNT,
                "account_key",
                KEY));
        reads(open("azure://lake", Map.of(), "endpoint", server.endpoint(), "sas_token", server.token("rl")));
        reads(open("azure://lake", Map.of(), "endpoint", server.endpoint(), "sas_token", "?" + server.token("rl")));
        reads(open(
                "abfss://lake@" + BlobServer.ACCOUNT + ".dfs.core.windows.net/",
                Map.of("AZURE_STORAGE_KEY", KEY),
                "endpoint",
                server.endpoint()));
        reads(open(
                "azure://lake",
                Map.of("AZURE_STORAGE_ACCOUNT", BlobServer.ACCOUNT, "AZURE_STORAGE_KEY", KEY),
                "endpoint",
                server.endpoint()));
    }

    @Test
    void theEnvironmentsTokenGoesToItsOwnAccountOnly() {
        Map<String, String> environment =
                Map.of("AZURE_STORAGE_ACCOUNT", "ours", "AZURE_STORAGE_SAS_TOKEN", "sv=1&sig=secret");
        assertThat(credential("azure://lake", environment)).isNotNull();
        assertThat(credential("abfss://lake@ours.dfs.core.windows.net/", environment))
                .isNotNull();
        assertThat(credential("azure://lake", environment, "endpoint", server.endpoint()))
                .isNull();
        assertThat(credential("azure://lake", environment, "account", "theirs")).isNull();
        assertThat(credential("abfss://lake@theirs.dfs.core.windows.net/", environment))
                .isNull();
        assertThat(credential("az://ours.blob.example.com/lake", environment)).isNull();
        assertThat(credential(
                        "abfss://lake@ours.dfs.core.windows.net/",
                        Map.of("AZURE_STORAGE_SAS_TOKEN", "sv=1&sig=secret")))
                .isNull();
    }

    private static AzureAccess.@Nullable Credential credential(
            String url, Map<String, String> environment, String... options) {
        return AzureAccess.from(options(options), AzureLocation.of(URI.create(url)), environment::get)
                .credential();
    }

    @Test
    void whatATokenDoesNotAllowIsTold() throws IOException {
        try (ObjectStore store =
                        open("azure://lake", Map.of(), "endpoint", server.endpoint(), "sas_token", server.token("rl"));
                StagedObject file = store.stage("new")) {
            file.out().write(1);
            assertThatThrownBy(file::seal)
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
                        assertThat(e.hint()).contains("what it allows");
                    })
                    .hasMessageContaining("403");
            // To note that it is dropped is not allowed either.
            assertThatThrownBy(file::close).hasMessageContaining("403");
        }
    }

    @Test
    void aTokenThatMayReadCreateWriteAndListIsEnoughToDeliver() throws IOException {
        String[] access = {"endpoint", server.endpoint(), "sas_token", server.token("rcwl")};
        try (ObjectStore store = open("azure://lake/token", Map.of(), access)) {
            for (String name : new String[] {"a", "b", "c"}) {
                try (StagedObject file = store.stage(name)) {
                    file.out().write(name.getBytes(StandardCharsets.UTF_8));
                    file.seal();
                }
            }
            store.publish("a");
            store.publish("a");
            store.discard("b");
            assertThat(store.list("")).containsExactly("a");
            assertThat(store.staged("")).containsExactly("c");
        }
    }

    @Test
    void wrongKeysAndNoneAreTold() {
        try (ObjectStore wrong = open(
                        "azure://lake",
                        Map.of(),
                        "endpoint",
                        server.endpoint(),
                        "account",
                        BlobServer.ACCOUNT,
                        "account_key",
                        "d3Jvbmc=");
                ObjectStore none = open("azure://lake", Map.of(), "endpoint", server.endpoint())) {
            assertThatThrownBy(() -> wrong.list(""))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.hint()).contains("check the key"))
                    .hasMessageContaining("403 AuthorizationFailure")
                    .hasMessageNotContaining("Signature");
            assertThatThrownBy(() -> none.list(""))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.hint()).contains("give 'account_key'"))
                    .hasMessageContaining("403");
        }
    }

    /** Azurite does not keep keys, so this is what the calls say. */
    @Test
    void theKeyOfAScopeIsAskedForWithEachCallThatWrites() throws IOException {
        List<String> said = new CopyOnWriteArrayList<>();
        HttpServer recording = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        recording.createContext("/", exchange -> {
            String scope = exchange.getRequestHeaders().getFirst("x-ms-encryption-scope");
            exchange.getRequestBody().readAllBytes();
            boolean writes = exchange.getRequestMethod().equals("PUT");
            if (writes) {
                said.add(exchange.getRequestURI().getQuery().replaceFirst("&.*", "") + " " + scope);
            }
            exchange.sendResponseHeaders(writes ? 201 : 404, -1);
            exchange.close();
        });
        recording.start();
        String endpoint = "http://127.0.0.1:" + recording.getAddress().getPort() + "/acc";
        try (ObjectStore store = open("azure://lake", Map.of(), "endpoint", endpoint, "encryption_scope", "ours")) {
            try (StagedObject file = store.stage("a")) {
                file.out().write(1);
                file.seal();
            }
            store.publish("a");
        } finally {
            recording.stop(0);
        }
        assertThat(said).containsExactly("comp=block ours", "comp=blocklist ours");
    }

    @ParameterizedTest
    @CsvSource({
        "azure://lake/a/b,                                   https://acc.blob.core.windows.net, lake, a/b/",
        "az://lake,                                          https://acc.blob.core.windows.net, lake, ''",
        "az://acc.blob.core.windows.net/lake/a/,             https://acc.blob.core.windows.net, lake, a/",
        "abfss://lake@acc.dfs.core.windows.net/a/b,          https://acc.blob.core.windows.net, lake, a/b/",
        "abfss://lake@acc.dfs.core.chinacloudapi.cn/,        https://acc.blob.core.chinacloudapi.cn, lake, ''",
    })
    void urlsSayWhere(String url, String endpoint, String container, String prefix) {
        AzureLocation where = AzureLocation.of(URI.create(url));
        AzureAccess access = AzureAccess.from(Options.NONE, where, Map.of("AZURE_STORAGE_ACCOUNT", "acc")::get);
        assertThat(access.endpoint()).isEqualTo(endpoint);
        assertThat(access.account()).isEqualTo("acc");
        assertThat(where.container()).isEqualTo(container);
        assertThat(where.prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "azure:///x",
                "azure://La_ke/x",
                "azure://a/x",
                "az://acc.blob.core.windows.net/",
                "abfss://acc.dfs.core.windows.net/lake",
                "azure://lake@acc.blob.core.windows.net/x",
                "azure://lake/x?sv=2024&sig=c2VjcmV0",
            })
    void urlsThatNameNoContainerAreRefused(String url) {
        assertThatThrownBy(() -> AzureLocation.of(URI.create(url)))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("names no container")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, nowhere, option 'endpoint'",
        "endpoint, http://127.0.0.1:1/a?sig=c2VjcmV0, option 'endpoint'",
        "block_bytes, 1 kB, 64 kB",
        "attempts, 0, attempts",
        "timeout, 0 s, timeout",
        "acount, x, unknown option",
        "account, My Account, small letters",
        "access_tier, cellar, hot",
        "connection_string, c2VjcmV0, connection_string",
        "account_key, '*c2VjcmV0*', account_key",
    })
    void wrongOptionsAreRefused(String name, String value, String says) {
        assertThatThrownBy(() -> open("azure://lake/x", Map.of("AZURE_STORAGE_ACCOUNT", "acc"), name, value))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
                    assertThat(e.getMessage() + e.hint()).contains(says).doesNotContain("c2VjcmV0");
                });
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        refused("are both given", "account_key", KEY, "sas_token", "sv=1");
        refused("'connection_string' is given with 'account'", "connection_string", "x", "account", "abc");
        refused("the storage account of container 'lake' is not known");
        refused("its key needs it", "endpoint", "http://127.0.0.1:1/x", "account_key", KEY);
        assertThatThrownBy(() -> open(
                        "az://other.blob.core.windows.net/lake",
                        Map.of(),
                        "connection_string",
                        server.connectionString()))
                .hasMessageContaining("the URL names account 'other' and the connection string 'millstore'");
        assertThatThrownBy(() ->
                        open("az://other.blob.core.windows.net/lake", Map.of(), "account", "third", "account_key", KEY))
                .hasMessageContaining("the URL names account 'other' and the options 'third'");
    }

    private static void refused(String message, String... options) {
        assertThatThrownBy(() -> open("azure://lake/x", Map.of(), options))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining(message)
                .hasMessageNotContaining(KEY);
    }

    @Test
    void secretsAreNotShown() {
        assertThat(Options.isSecret("account_key")).isTrue();
        assertThat(Options.isSecret("sas_token")).isTrue();
        assertThat(Options.isSecret("connection_string")).isTrue();
        assertThat(Options.isSecret("account")).isFalse();
        AzureLocation where = AzureLocation.of(URI.create("azure://lake/x"));
        assertThat(AzureSettings.from(options("account", "acc", "account_key", KEY), where)
                        .toString())
                .contains("acc")
                .doesNotContain(KEY);
    }
}
