package io.millrace.format.avro.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.format.avro.registry.RestCalls.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Calls of Glue: JSON 1.1 of Amazon's, signed by version 4. */
final class GlueCalls {

    /** Of headers those that the JDK's client sets itself. */
    private static final Set<String> OF_CLIENT = Set.of("host", "content-length");

    private static final String TARGET = "AWSGlue.";

    private final GlueSettings settings;
    private final RestCalls calls;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    GlueCalls(GlueSettings settings) {
        this.settings = settings;
        this.calls = new RestCalls("registry " + settings, settings.timeout());
    }

    String name() {
        return calls.name();
    }

    /** Calls an operation and returns its answer, whatever it is. */
    Answer call(String operation, JsonNode input) throws IOException {
        URI url = settings.endpoint();
        byte[] body = RestCalls.JSON.writeValueAsBytes(input);
        return calls.call(url, body, headers(url, operation, body));
    }

    private Map<String, String> headers(URI url, String operation, byte[] body) throws IOException {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .uri(url)
                .method(SdkHttpMethod.POST)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", TARGET + operation)
                .build();
        Map<String, String> headers = new HashMap<>();
        signed(request, body).request().headers().forEach((name, values) -> {
            if (!OF_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, String.join(",", values));
            }
        });
        return headers;
    }

    private SignedRequest signed(SdkHttpRequest request, byte[] body) throws IOException {
        try {
            AwsCredentialsIdentity identity = settings.credentials().resolveCredentials();
            return signer.sign(sign -> sign.identity(identity)
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "glue")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, settings.region()));
        } catch (SdkException e) {
            throw new IOException("there are no credentials for " + name() + ": " + e.getMessage(), e);
        }
    }

    /** Returns the name of the exception that an answer is, empty where it is none. */
    static String exception(Answer answer) {
        if (answer.status() == 200) {
            return "";
        }
        String type = answer.body().path("__type").asText("");
        return type.substring(type.lastIndexOf('#') + 1);
    }

    /** Of a wrong signature Amazon tells the whole request, with the token of the session in it. */
    private static String withoutRequest(String said) {
        int request = said.indexOf("The Canonical String");
        return request < 0 ? said : said.substring(0, request).strip();
    }

    /** Returns what an answer that is none of use comes to: a refusal where the same call gets the same answer again. */
    IOException unexpected(Answer answer) {
        String type = exception(answer);
        String said = name() + " answers " + (type.isEmpty() ? String.valueOf(answer.status()) : type) + ": "
                + withoutRequest(answer.said());
        return type.equals("InvalidInputException") || type.equals("EntityNotFoundException")
                ? new SchemaRegistry.RefusedException(said)
                : new IOException(said);
    }
}
