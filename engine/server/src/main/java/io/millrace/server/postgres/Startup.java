package io.millrace.server.postgres;

import io.millrace.server.postgres.wire.Payload;
import io.millrace.server.postgres.wire.ProtocolException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client says first: who it is and what it wants, or that another client's query be cancelled. */
sealed interface Startup {

    /** A request to cancel what the client with this key runs. */
    record Cancel(int process, int secret) implements Startup {}

    /**
     * A session is wanted.
     *
     * @param settings what the client sets from the start
     * @param minor version of the protocol below 3 that it asks for
     * @param tellsColumnTypes whether the client asked to be told what is in columns that travel as JSON
     * @param unknownOptions protocol options that nobody here knows
     */
    record Session(
            String user,
            String database,
            Map<String, String> settings,
            int minor,
            boolean tellsColumnTypes,
            List<String> unknownOptions)
            implements Startup {}

    /** A protocol option of our own; see {@link io.millrace.server.postgres.type.ColumnTypes}. */
    String COLUMN_TYPES = "_pq_.column_types";

    int CANCEL = 1234 << 16 | 5678;
    int ENCRYPT_TLS = 1234 << 16 | 5679;
    int ENCRYPT_GSS = 1234 << 16 | 5680;
    int MAJOR_VERSION = 3;

    /** Each kind of encryption may be asked for once. */
    int REQUESTS_MAX = 3;

    Pattern OPTION = Pattern.compile("(?:-c\\s*|--)([A-Za-z_.]+)=((?:\\\\.|\\S)*)");

    /** Reads it; requests to encrypt before it are answered. */
    static Startup read(Transport transport) throws IOException {
        for (int i = 0; i < REQUESTS_MAX; i++) {
            Payload message = transport.in().startup();
            int code = message.int32();
            switch (code) {
                case CANCEL -> {
                    return new Cancel(message.int32(), message.int32());
                }
                case ENCRYPT_TLS -> transport.encryptIfPossible();
                case ENCRYPT_GSS -> {
                    transport.out().buffer().int8('N');
                    transport.out().flush();
                }
                default -> {
                    return session(code, message);
                }
            }
        }
        throw new ProtocolException("too many requests for encryption");
    }

    private static Session session(int version, Payload message) {
        if (version >>> 16 != MAJOR_VERSION) {
            throw new SqlStateException(
                    "0A000",
                    "unsupported frontend protocol " + (version >>> 16) + "." + (version & 0xFFFF),
                    "use a client that speaks protocol 3.0");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        boolean tellsColumnTypes = false;
        for (String name = message.text(); !name.isEmpty(); name = message.text()) {
            String value = message.text();
            if (name.equals(COLUMN_TYPES)) {
                tellsColumnTypes = value.equals("on");
            } else if (name.startsWith("_pq_.")) {
                unknown.add(name);
            } else {
                settings.put(name, value);
            }
        }
        message.end();
        return session(settings, version & 0xFFFF, tellsColumnTypes, unknown);
    }

    private static Session session(
            Map<String, String> settings, int minor, boolean tellsColumnTypes, List<String> unknown) {
        String user = settings.remove("user");
        String database = settings.remove("database");
        String options = settings.remove("options");
        String replication = settings.remove("replication");
        if (user == null || user.isEmpty()) {
            throw new SqlStateException("28000", "no PostgreSQL user name specified in startup packet");
        }
        if (replication != null && !replication.matches("(?i)off|false|no|0")) {
            throw new SqlStateException("0A000", "replication connections are not supported");
        }
        if (options != null) {
            Matcher option = OPTION.matcher(options);
            while (option.find()) {
                settings.putIfAbsent(option.group(1), option.group(2).replaceAll("\\\\(.)", "$1"));
            }
        }
        return new Session(user, database == null ? user : database, settings, minor, tellsColumnTypes, unknown);
    }
}
