package io.millrace.connector.kafka;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.Field;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where records go, and how.
 *
 * @param servers some of the brokers, {@code host:port, …}
 * @param topic the topic
 * @param key {@code key}: place of the column whose text is a record's key; -1 for none
 * @param recordBytesMax {@code record_bytes_max}: most bytes of a record with its key, 1 MB as a rule
 * @param compression {@code compression}
 * @param timeout {@code timeout}: how long a broker may take to answer, 30 s as a rule
 * @param security what the client is told of TLS and passwords
 */
record TopicSettings(
        String servers,
        String topic,
        int key,
        int recordBytesMax,
        String compression,
        Duration timeout,
        Map<String, String> security) {

    static final List<String> NAMES = List.of(
            "key",
            "record_bytes_max",
            "compression",
            "timeout",
            "tls",
            "user",
            "password",
            "sasl_mechanism",
            "truststore");

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final List<String> COMPRESSIONS = List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final Map<String, String> LOGIN_MODULES = Map.of(
            "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule",
            "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule",
            "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

    static TopicSettings of(ReceiverSetup setup) {
        Options options = setup.options();
        options.refuseOthers(NAMES.toArray(String[]::new));
        URI location = setup.location();
        String servers = String.valueOf(location.getRawAuthority());
        String path = String.valueOf(location.getPath());
        String topic = path.startsWith("/") ? path.substring(1) : path;
        if (location.getRawAuthority() == null
                || servers.contains("@")
                || !TOPIC.matcher(topic).matches()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the URL of delivery '" + setup.delivery() + "' names no topic",
                    "write it like 'kafka://host:9092,host:9092/topic'; user and password are options");
        }
        return new TopicSettings(
                servers,
                topic,
                setup.keyColumn("there are: "
                        + setup.type().fields().stream().map(Field::name).collect(Collectors.joining(", "))),
                recordBytes(options),
                compression(options.get("compression", "none")),
                options.getDuration("timeout", Duration.ofSeconds(30)),
                security(options));
    }

    private static int recordBytes(Options options) {
        long bytes = options.getBytes("record_bytes_max", 1 << 20);
        if (bytes < 1024 || bytes > 1 << 30) {
            throw Options.invalid("record_bytes_max", String.valueOf(bytes), "a size from 1 KB to 1 GB");
        }
        return (int) bytes;
    }

    private static String compression(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!COMPRESSIONS.contains(lower)) {
            throw Options.invalid("compression", name, String.join(", ", COMPRESSIONS));
        }
        return lower;
    }

    private static Map<String, String> security(Options options) {
        Map<String, String> security = new LinkedHashMap<>();
        boolean tls = options.getBoolean("tls", false);
        boolean sasl = options.has("user");
        security.put("security.protocol", (sasl ? "SASL_" : "") + (tls ? "SSL" : "PLAINTEXT"));
        if (sasl) {
            String mechanism = options.get("sasl_mechanism", "PLAIN").toUpperCase(Locale.ROOT);
            String module = LOGIN_MODULES.get(mechanism);
            if (module == null) {
                throw Options.invalid("sasl_mechanism", mechanism, "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
            }
            security.put("sasl.mechanism", mechanism);
            security.put(
                    "sasl.jaas.config",
                    module + " required username=" + quoted(options.get("user", "")) + " password="
                            + quoted(options.get("password", "")) + ";");
        }
        if (options.has("truststore")) {
            security.put("ssl.truststore.location", options.get("truststore", ""));
            security.put("ssl.truststore.type", "PEM");
        }
        return security;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Leaves out what nobody should see. */
    @Override
    public String toString() {
        return "kafka://" + servers + "/" + topic;
    }
}
