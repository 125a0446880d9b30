package io.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private final Options options = new Options(Map.of(
            "wait", "10 min", "size", "64 MB", "plain", "12", "flag", "on", "odd", "many", "huge", "999999999999 gb"));

    @Test
    void quantitiesHaveUnits() {
        assertThat(options.getDuration("wait", Duration.ZERO)).isEqualTo(Duration.ofMinutes(10));
        assertThat(options.getBytes("size", 0)).isEqualTo(64L << 20);
        assertThat(options.getBytes("plain", 0)).isEqualTo(12);
        assertThat(options.getLong("plain", 0, 1, 12)).isEqualTo(12);
        assertThat(options.getBoolean("flag", false)).isTrue();
        assertThat(options.getDuration("absent", Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void anUnreadableValueNamesOptionAndRemedy() {
        assertThatThrownBy(() -> options.getDuration("odd", Duration.ZERO))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e).hasMessage("option 'odd' is 'many'");
                    assertThat(e.hint()).contains("'5 s'");
                });
        assertThatThrownBy(() -> options.getBytes("huge", 0)).isInstanceOf(MillraceException.class);
        assertThatThrownBy(() -> options.getLong("plain", 0, 1, 11)).hasMessageContaining("plain");
        assertThatThrownBy(() -> options.getDuration("plain", Duration.ZERO)).hasMessageContaining("plain");
    }

    @Test
    void aMisspeltOptionIsRefused() {
        assertThatThrownBy(() -> options.refuseOthers("wait", "size"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("unknown option");
        assertThat(options.without("odd", "huge").asMap())
                .doesNotContainKeys("odd", "huge")
                .hasSize(4);
    }

    @Test
    void unknownOptionIsToldAllThatAreKnownThere() {
        Options rest = new Options(Map.of("shards", "2", "fromat", "csv")).without("shards", "format");
        assertThatThrownBy(() -> rest.refuseOthers("header"))
                .hasMessageContaining("fromat")
                .extracting(failure -> ((MillraceException) failure).hint())
                .isEqualTo("options known here: format, header, shards");
    }

    @Test
    void secretsAreNotShown() {
        Options secret = new Options(Map.of(
                "password", "sesame", "secret_access_key", "sesame", "access_key", "sesame", "access_key_id", "AKIA"));
        assertThat(secret.toString()).doesNotContain("sesame").contains("AKIA");
        assertThat(secret.withoutSecrets().get("password", "")).isEqualTo("(hidden)");
        Options urls = new Options(Map.of(
                "transform",
                "https://me:word@host:1/f?code=word",
                "plain",
                "http://host/a@b",
                "text",
                "who? me@home",
                "catalog_uri",
                "postgresql://me:word@host/db"));
        assertThat(urls.withoutSecrets().asMap())
                .isEqualTo(Map.of(
                        "transform",
                        "https://(hidden)@host:1/f?(hidden)",
                        "plain",
                        "http://host/a@b",
                        "text",
                        "who? me@home",
                        "catalog_uri",
                        "postgresql://(hidden)@host/db"));
        assertThat(Options.invalid("password", "sesame", "a better one").describe())
                .doesNotContain("sesame");
    }
}
