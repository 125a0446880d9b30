package io.millrace.testing.connector;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Holds requests against the rules of Amazon's signature, version 4: computed here once more, from what came. */
final class SignedRequests {

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/((\\d{8})/[^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

    private final String keyId;
    private final String secret;
    private final String region;
    private final String service;

    SignedRequests(String keyId, String secret, String region, String service) {
        this.keyId = keyId;
        this.secret = secret;
        this.region = region;
        this.service = service;
    }

    /** Returns what is wrong with a request's signature, or null. */
    @Nullable
    String problem(HttpExchange exchange, byte[] body) {
        String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        Matcher said = AUTHORIZATION.matcher(header);
        if (!said.matches()) {
            return "Authorization is '" + header + "'";
        }
        String scope = said.group(3) + "/" + region + "/" + service + "/aws4_request";
        if (!said.group(1).equals(keyId) || !said.group(2).equals(scope)) {
            return "its credential is " + said.group(1) + "/" + said.group(2);
        }
        if (!said.group(4).contains("host") || !said.group(4).contains("x-amz-date")) {
            return "it signs " + said.group(4);
        }
        String expected = signature(exchange, body, scope, said.group(3), said.group(4));
        return expected.equals(said.group(5)) ? null : "the signature does not match";
    }

    private String signature(HttpExchange exchange, byte[] body, String scope, String day, String signedHeaders) {
        StringBuilder request = new StringBuilder(
                exchange.getRequestMethod() + "\n" + exchange.getRequestURI().getRawPath() + "\n\n");
        for (String name : signedHeaders.split(";", -1)) {
            String value = String.valueOf(exchange.getRequestHeaders().getFirst(name));
            request.append(name.toLowerCase(Locale.ROOT))
                    .append(':')
                    .append(value.strip())
                    .append('\n');
        }
        request.append('\n').append(signedHeaders).append('\n').append(hex(sha256(body)));
        String text = "AWS4-HMAC-SHA256\n" + exchange.getRequestHeaders().getFirst("X-Amz-Date") + "\n" + scope + "\n"
                + hex(sha256(bytes(request.toString())));
        byte[] key = hmac(bytes("AWS4" + secret), day);
        for (String part : new String[] {region, service, "aws4_request"}) {
            key = hmac(key, part);
        }
        return hex(hmac(key, text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
