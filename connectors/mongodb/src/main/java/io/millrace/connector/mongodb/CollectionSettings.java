package io.millrace.connector.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import io.millrace.spi.Options;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where documents go, and how.
 *
 * @param servers what the driver connects to, with whatever stands behind the question mark of the URL
 * @param database the database
 * @param collection {@code collection}
 * @param delivery the delivery's name, a part of ids
 * @param key {@code key}: place of the column that is the document's id; -1 where the row's origin is
 * @param credential {@code user}, {@code password}, {@code auth_database}; null for nobody
 * @param timeout {@code timeout}: how long a server may take to be found and to answer, 30 s as a rule
 */
record CollectionSettings(
        ConnectionString servers,
        String database,
        String collection,
        String delivery,
        int key,
        @Nullable MongoCredential credential,
        Duration timeout) {

    static final List<String> NAMES = List.of("collection", "key", "user", "password", "auth_database", "timeout");

    static CollectionSettings of(ReceiverSetup setup) {
        Options options = setup.options();
        options.refuseOthers(NAMES.toArray(String[]::new));
        ConnectionString servers = servers(setup);
        String collection = options.get("collection", "");
        if (collection.isEmpty() || collection.contains("$") || collection.startsWith("system.")) {
            throw Options.invalid("collection", collection, "the name of a collection");
        }
        String database = Objects.requireNonNull(servers.getDatabase());
        return new CollectionSettings(
                servers,
                database,
                collection,
                setup.delivery(),
                setup.keyColumn(
                        "name one column; where several make the id, deliver a query that puts them into a ROW"),
                options.has("user")
                        ? MongoCredential.createCredential(
                                options.get("user", ""),
                                options.get("auth_database", "admin"),
                                options.get("password", "").toCharArray())
                        : null,
                options.getDuration("timeout", Duration.ofSeconds(30)));
    }

    private static ConnectionString servers(ReceiverSetup setup) {
        String authority = String.valueOf(setup.location().getRawAuthority());
        try {
            if (!authority.contains("@")) {
                ConnectionString servers = new ConnectionString(setup.location().toString());
                if (servers.getDatabase() != null) {
                    return servers;
                }
            }
        } catch (IllegalArgumentException e) {
            throw invalid(setup, e);
        }
        throw invalid(setup, null);
    }

    private static MillraceException invalid(ReceiverSetup setup, @Nullable IllegalArgumentException cause) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                "the URL of delivery '" + setup.delivery() + "' names no database"
                        + (cause == null ? "" : ": " + cause.getMessage()),
                "write it like 'mongodb://host:27017/database'; collection, user and password are options",
                cause);
    }

    /** Returns what the driver is told. */
    MongoClientSettings client() {
        int millis = (int) timeout.toMillis();
        MongoClientSettings.Builder client = MongoClientSettings.builder()
                .applyConnectionString(servers)
                .applicationName("millrace")
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(millis, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(millis, TimeUnit.MILLISECONDS)
                        .readTimeout(millis, TimeUnit.MILLISECONDS));
        if (credential != null) {
            client.credential(credential);
        }
        return client.build();
    }

    /** Leaves out what nobody should see. */
    @Override
    public String toString() {
        return "mongodb://" + String.join(",", servers.getHosts()) + "/" + database + " " + collection;
    }
}
