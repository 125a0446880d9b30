package io.millrace.testing.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.testing.connector.RegistryServer.Compatibility;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Glue's registry of schemas, so far as serializers use it, on a free port of loopback: four operations of JSON 1.1, with
 * the members and the exceptions that Amazon's reference of the API has. Requests that break a rule of that, or whose
 * signature is wrong, are remembered in {@link #violations}.
 */
public final class GlueServer implements AutoCloseable {

    public static final String ACCESS_KEY_ID = "AKIDEXAMPLE";
    public static final String SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public static final String REGION = "eu-central-1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "AWSGlue.";

    /** The members of each operation's input; those with a star are required. */
    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "GetSchemaVersion", Set.of("SchemaVersionId*"),
            "GetSchemaByDefinition", Set.of("SchemaId*", "SchemaDefinition*"),
            "RegisterSchemaVersion", Set.of("SchemaId*", "SchemaDefinition*"),
            "CreateSchema",
                    Set.of("RegistryId", "SchemaName*", "DataFormat*", "Compatibility", "SchemaDefinition", "Tags"));

    private final HttpServer server;
    private final SignedRequests signatures = new SignedRequests(ACCESS_KEY_ID, SECRET_ACCESS_KEY, REGION, "glue");
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, List<Version>> schemas = new LinkedHashMap<>();
    private final Map<String, String> registries = new LinkedHashMap<>(Map.of("default-registry", ""));
    private Compatibility compatibility = Compatibility.NONE;
    private volatile @Nullable String failing;
    private int pendingLooks;

    /** A version of a schema; it is PENDING until it has been looked at so often. */
    private static final class Version {

        private final String id = UUID.randomUUID().toString();
        private final String format;
        private final String definition;
        private final int number;
        private final boolean fails;
        private int looks;

        Version(String format, String definition, int number, boolean fails, int looks) {
            this.format = format;
            this.definition = definition;
            this.number = number;
            this.fails = fails;
            this.looks = looks;
        }

        String status() {
            return looks > 0 ? "PENDING" : fails ? "FAILURE" : "AVAILABLE";
        }
    }

    public GlueServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has new versions checked so, and be PENDING for so many looks. */
    public synchronized void compatibility(Compatibility rule, int looks) {
        compatibility = rule;
        pendingLooks = looks;
    }

    /** Has all requests answered with an exception of this name, or no longer where it is null. */
    public void failWith(@Nullable String exception) {
        failing = exception;
    }

    public List<String> violations() {
        return violations;
    }

    /** Returns the operations that were called. */
    public List<String> requests() {
        return requests;
    }

    /** Makes a definition a version of a schema and returns its id. */
    public synchronized String register(String schema, String format, String definition) {
        List<Version> versions = schemas.computeIfAbsent("default-registry/" + schema, name -> new ArrayList<>());
        Version version = new Version(format, definition, versions.size() + 1, false, 0);
        versions.add(version);
        return version.id;
    }

    /** Returns the definitions of a schema of the default registry. */
    public synchronized List<String> versions(String schema) {
        return schemas.getOrDefault("default-registry/" + schema, List.of()).stream()
                .map(version -> version.definition)
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        String operation = target.startsWith(TARGET) ? target.substring(TARGET.length()) : target;
        requests.add(operation);
        ObjectNode answer = JSON.createObjectNode();
        int status = 400;
        String problem = signatures.problem(exchange, body);
        if (problem != null) {
            violations.add(operation + ": " + problem);
            exception(answer, "InvalidSignatureException", problem + canonical(exchange));
        } else if (failing != null) {
            exception(answer, failing, "Rate exceeded");
        } else {
            check(exchange, operation, JSON.readTree(body));
            status = operation(operation, JSON.readTree(body), answer) ? 200 : 400;
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Amazon tells the request as it has it, credentials of the session included. */
    private static String canonical(HttpExchange exchange) {
        return "\n\nThe Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:"
                + exchange.getRequestHeaders().getFirst("X-Amz-Security-Token") + "\n'";
    }

    private void check(HttpExchange exchange, String operation, JsonNode input) {
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!exchange.getRequestMethod().equals("POST") || !type.equals("application/x-amz-json-1.1")) {
            violations.add(operation + " is sent by " + exchange.getRequestMethod() + " as " + type);
        }
        Set<String> members = MEMBERS.getOrDefault(operation, Set.of());
        Set<String> known = new TreeSet<>();
        for (String member : members) {
            String name = member.replace("*", "");
            known.add(name);
            if (member.endsWith("*") && !input.has(name)) {
                violations.add(operation + " has no " + name);
            }
        }
        input.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                violations.add(operation + " has " + name);
            }
        });
        input.path("SchemaId").fieldNames().forEachRemaining(name -> {
            if (!Set.of("SchemaArn", "SchemaName", "RegistryName").contains(name)) {
                violations.add(operation + " has SchemaId." + name);
            }
        });
    }

    private static boolean exception(ObjectNode answer, String type, String message) {
        answer.put("__type", type).put("Message", message);
        return false;
    }

    private synchronized boolean operation(String operation, JsonNode input, ObjectNode answer) {
        return switch (operation) {
            case "GetSchemaVersion" -> get(input.path("SchemaVersionId").asText(), answer);
            case "GetSchemaByDefinition" -> byDefinition(input, answer);
            case "RegisterSchemaVersion" -> register(input, answer);
            case "CreateSchema" -> create(input, answer);
            default -> exception(answer, "UnknownOperationException", operation);
        };
    }

    private boolean get(String id, ObjectNode answer) {
        for (Map.Entry<String, List<Version>> schema : schemas.entrySet()) {
            for (Version version : schema.getValue()) {
                if (version.id.equals(id)) {
                    version.looks--;
                    answer.put("SchemaVersionId", id)
                            .put("SchemaDefinition", version.definition)
                            .put("DataFormat", version.format)
                            .put("SchemaArn", arn(schema.getKey()))
                            .put("VersionNumber", version.number)
                            .put("Status", version.status())
                            .put("CreatedTime", "2026-01-31 09:00:00.000 UTC");
                    return true;
                }
            }
        }
        return exception(answer, "EntityNotFoundException", "Schema version is not found.");
    }

    private static String arn(String schema) {
        return "arn:aws:glue:" + REGION + ":123456789012:schema/" + schema;
    }

    private @Nullable List<Version> versions(JsonNode input, ObjectNode answer) {
        String registry = input.path("SchemaId").path("RegistryName").asText();
        if (!registries.containsKey(registry)) {
            exception(answer, "EntityNotFoundException", "Registry is not found. RegistryName: " + registry);
            return null;
        }
        String name = registry + "/" + input.path("SchemaId").path("SchemaName").asText();
        List<Version> versions = schemas.get(name);
        if (versions == null) {
            exception(answer, "EntityNotFoundException", "Schema is not found. SchemaName: " + name);
        }
        return versions;
    }

    private boolean byDefinition(JsonNode input, ObjectNode answer) {
        List<Version> versions = versions(input, answer);
        if (versions == null) {
            return false;
        }
        for (Version version : versions) {
            if (version.definition.equals(input.path("SchemaDefinition").asText())) {
                answer.put("SchemaVersionId", version.id)
                        .put("DataFormat", version.format)
                        .put("Status", version.status())
                        .put("CreatedTime", "2026-01-31 09:00:00.000 UTC");
                return true;
            }
        }
        return exception(answer, "EntityNotFoundException", "Schema version is not found.");
    }

    private boolean register(JsonNode input, ObjectNode answer) {
        List<Version> versions = versions(input, answer);
        if (versions == null) {
            return false;
        }
        Version version = added(versions, input.path("SchemaDefinition").asText());
        answer.put("SchemaVersionId", version.id)
                .put("VersionNumber", version.number)
                .put("Status", version.status());
        return true;
    }

    private Version added(List<Version> versions, String definition) {
        List<String> before = versions.stream()
                .filter(version -> !version.fails)
                .map(version -> version.definition)
                .toList();
        boolean fails = compatibility.problem(definition, before) != null;
        Version version =
                new Version("AVRO", definition, versions.size() + 1, fails, before.isEmpty() ? 0 : pendingLooks);
        versions.add(version);
        return version;
    }

    private boolean create(JsonNode input, ObjectNode answer) {
        String registry = input.path("RegistryId").path("RegistryName").asText();
        String name = registry + "/" + input.path("SchemaName").asText();
        if (!registries.containsKey(registry)) {
            return exception(answer, "EntityNotFoundException", "Registry is not found. RegistryName: " + registry);
        }
        if (schemas.containsKey(name)) {
            return exception(answer, "AlreadyExistsException", "Schema already exists.");
        }
        if (!input.path("DataFormat").asText().equals("AVRO")
                || !input.path("Compatibility").asText().matches("(BACKWARD|FORWARD|FULL)(_ALL)?|NONE|DISABLED")) {
            return exception(answer, "InvalidInputException", "Invalid DataFormat or Compatibility");
        }
        schemas.put(name, new ArrayList<>());
        Version version =
                added(schemas.get(name), input.path("SchemaDefinition").asText());
        answer.put("RegistryName", registry)
                .put("SchemaName", input.path("SchemaName").asText())
                .put("SchemaArn", arn(name))
                .put("DataFormat", "AVRO")
                .put("Compatibility", input.path("Compatibility").asText())
                .put("SchemaCheckpoint", 1)
                .put("LatestSchemaVersion", 1)
                .put("NextSchemaVersion", 2)
                .put("SchemaStatus", "AVAILABLE")
                .put("SchemaVersionId", version.id)
                .put("SchemaVersionStatus", version.status());
        return true;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
