package io.millrace.server.postgres.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

final class ScramVerifierTest {

    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

    @Test
    void keysAreThoseOfTheExampleInRfc7677() {
        ScramVerifier verifier = ScramVerifier.of("pencil", SALT, 4096);
        String signed = "n=user,r=rOprNGfwEbeRWgbNEkqO,"
                + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        byte[] proof = Base64.getDecoder().decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        Sha256.xor(proof, Sha256.mac(verifier.storedKey(), signed));
        assertThat(Sha256.hash(proof)).isEqualTo(verifier.storedKey());
        assertThat(Base64.getEncoder().encodeToString(Sha256.mac(verifier.serverKey(), signed)))
                .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void textReadsBackAndIsPostgresqls() {
        ScramVerifier verifier = ScramVerifier.of("pencil", SALT, 4096);
        ScramVerifier back = ScramVerifier.parse(verifier.text());
        assertThat(back.text()).isEqualTo(verifier.text()).startsWith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$");
        assertThat(back.storedKey()).isEqualTo(verifier.storedKey());
        assertThat(verifier.toString()).doesNotContain("W22");
        assertThatThrownBy(() -> ScramVerifier.parse("md5abc")).isInstanceOf(IllegalArgumentException.class);
    }
}
