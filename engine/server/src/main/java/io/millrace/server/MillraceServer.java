package io.millrace.server;

import io.millrace.server.aws.AwsGateway;
import io.millrace.server.aws.AwsSettings;
import io.millrace.server.engine.Engine;
import io.millrace.server.http.HttpGateway;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.postgres.PostgresGateway;
import io.millrace.server.postgres.PostgresSettings;
import io.millrace.server.postgres.security.Certificates;
import io.millrace.server.postgres.security.ScramVerifier;
import io.millrace.server.postgres.security.Tls;
import io.millrace.server.postgres.security.Users;
import io.millrace.server.postgres.security.UsersFile;
import io.millrace.server.session.SqlService;
import io.millrace.server.stream.StreamService;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A running server: the engine and its doors. */
public final class MillraceServer implements AutoCloseable {

    private final Engine engine;
    private final InetSocketAddress aws;
    private final InetSocketAddress pg;
    private final InetSocketAddress http;
    private final Deque<AutoCloseable> open;

    private MillraceServer(
            Engine engine,
            InetSocketAddress aws,
            InetSocketAddress pg,
            InetSocketAddress http,
            Deque<AutoCloseable> open) {
        this.engine = engine;
        this.aws = aws;
        this.pg = pg;
        this.http = http;
        this.open = open;
    }

    /**
     * Opens the data directory and the doors; all answer when this returns.
     *
     * @throws io.millrace.spi.error.MillraceException {@code IN_USE} where a port or the directory is taken, and
     *     whatever the engine throws; nothing is left open then
     */
    public static MillraceServer start(ServerSettings settings) {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            Engine engine = push(open, Engine.open(settings.dataDirectory(), settings.engine()));
            AwsGateway aws = push(open, new AwsGateway(engine.streams(), engine.deliveries(), awsSettings(settings)));
            InetSocketAddress awsAddress = aws.start();
            PostgresSettings postgres = postgresSettings(settings);
            PostgresGateway pg = push(open, new PostgresGateway(engine, postgres));
            InetSocketAddress pgAddress = pg.start();
            HttpGateway http = push(open, new HttpGateway(engine, httpSettings(settings, postgres)));
            InetSocketAddress httpAddress = http.start();
            return new MillraceServer(engine, awsAddress, pgAddress, httpAddress, open);
        } catch (RuntimeException e) {
            close(open);
            throw e;
        }
    }

    private static <T extends AutoCloseable> T push(Deque<AutoCloseable> open, T door) {
        open.push(door);
        return door;
    }

    private static AwsSettings awsSettings(ServerSettings settings) {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.awsPort());
        AwsSettings defaults = AwsSettings.of(address);
        return new AwsSettings(
                address,
                settings.account(),
                settings.region(),
                defaults.iteratorLife(),
                InstantSource.system(),
                settings.buckets(),
                settings.functions(),
                settings.tables());
    }

    private static PostgresSettings postgresSettings(ServerSettings settings) {
        PostgresSettings open = PostgresSettings.defaults().withAddress(settings.host(), settings.pgPort());
        Path directory = settings.dataDirectory();
        String password = settings.password();
        PostgresSettings known = password == null
                ? open.withUsers(new UsersFile(usersFile(directory)), true)
                : open.withUsers(Users.of(Map.of("millrace", ScramVerifier.of(password, new SecureRandom()))), false);
        return known.withTls(tls(settings.tls(), directory));
    }

    /** Both doors to SQL let in the same users. */
    private static HttpSettings httpSettings(ServerSettings settings, PostgresSettings postgres) {
        return new HttpSettings(
                new InetSocketAddress(settings.host(), settings.httpPort()),
                postgres.users(),
                postgres.trustLoopback(),
                postgres.tls());
    }

    /** Returns where the users of a data directory are kept. */
    public static Path usersFile(Path dataDirectory) {
        return dataDirectory.resolve("users");
    }

    private static @Nullable Tls tls(ServerSettings.Encryption encryption, Path dataDirectory) {
        return switch (encryption.certificate()) {
            case "off" -> null;
            case "self-made" -> Certificates.selfMade(dataDirectory.resolve("tls"));
            default -> {
                String key = encryption.key();
                yield Certificates.read(
                        Path.of(encryption.certificate()), key == null ? null : Path.of(key), encryption.password());
            }
        };
    }

    /** Returns the line that says where the doors are. */
    public String readyLine() {
        return "ready aws=" + text(aws) + " pg=" + text(pg) + " http=" + text(http);
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    public int awsPort() {
        return aws.getPort();
    }

    public int pgPort() {
        return pg.getPort();
    }

    public int httpPort() {
        return http.getPort();
    }

    public SqlService sql() {
        return engine;
    }

    public StreamService streams() {
        return engine.streams();
    }

    /** Closes the doors, then the engine. */
    @Override
    public void close() {
        close(open);
    }

    private static void close(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.getLogger(MillraceServer.class.getName()).log(System.Logger.Level.WARNING, "closing failed", e);
            }
        }
    }
}
