package io.millrace.connector.jdbc;

import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A database, and who connects to it.
 *
 * @param url where it is, without a password
 * @param dialect what is special about it
 * @param user {@code user}; empty for whom the URL or the system names
 * @param password {@code password}; empty for none
 * @param timeout {@code timeout}: how long it may take to answer
 */
record Database(String url, Dialect dialect, String user, String password, Duration timeout) {

    private static final Pattern SECRET = Pattern.compile(
            "(?i)(?:password|passwd|pwd|secret|token|credentials?|access_?key|api_?key)\\s*=|//[^/@?;]*:[^/@?;]*@");

    private static final Pattern SAYS_TLS = Pattern.compile("(?i)[?&]ssl(mode)?=");

    private static final Pattern VERIFIES = Pattern.compile("(?i)[?&](sslmode=verify-|ssl=(true)?(&|$))");

    private static final Pattern SAYS_TRUST = Pattern.compile("(?i)[?&]ssl(rootcert|factory)=");

    private static final String JAVA_TRUST = "org.postgresql.ssl.DefaultJavaSSLFactory";

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** Loads wait for one another in Redshift's queues. */
    private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(10);

    /** How long PostgreSQL may take to let somebody in. */
    private static final String CONNECT_SECONDS = "10";

    /**
     * Returns the database of a URL.
     *
     * @param what what the URL belongs to, for errors
     * @throws MillraceException {@code INVALID_ARGUMENT} where the URL has a password in it: URLs are shown
     */
    static Database of(String what, String url, Options options) {
        if (SECRET.matcher(url).find()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the URL of " + what + " has a password in it",
                    "give it as the option password, which is not shown");
        }
        Dialect dialect = Dialect.of(url);
        return new Database(
                url,
                dialect,
                options.get("user", ""),
                options.get("password", ""),
                options.getDuration("timeout", dialect == Dialect.REDSHIFT ? LOAD_TIMEOUT : TIMEOUT));
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        put(properties, "user", user);
        put(properties, "password", password);
        if (dialect == Dialect.POSTGRESQL || dialect == Dialect.REDSHIFT) {
            String seconds = String.valueOf(Math.max(1, timeout.toSeconds()));
            put(properties, "socketTimeout", seconds);
            put(properties, "connectTimeout", CONNECT_SECONDS);
            // Also for what is said behind the connection, which nobody could abort yet.
            put(properties, "loginTimeout", CONNECT_SECONDS);
            put(properties, "tcpKeepAlive", "true");
            put(properties, "ApplicationName", "millrace");
        }
        boolean foreign = dialect == Dialect.REDSHIFT && isForeign();
        if (foreign) {
            putTls(properties);
        }
        if (dialect == Dialect.POSTGRESQL) {
            // What reads only cannot write in a transaction of one statement either.
            put(properties, "readOnlyMode", "always");
        }
        return DriverManager.getConnection(foreign ? url.replaceFirst("redshift", "postgresql") : url, properties);
    }

    /** As Amazon's driver does where nothing is said, with the authorities that Java trusts. */
    private void putTls(Properties properties) {
        boolean says = SAYS_TLS.matcher(url).find();
        if (!says) {
            put(properties, "sslmode", "verify-ca");
        }
        // PostgreSQL's driver would look for a file of authorities in the home directory, and fail without.
        if ((!says || VERIFIES.matcher(url).find()) && !SAYS_TRUST.matcher(url).find()) {
            put(properties, "sslfactory", JAVA_TRUST);
        }
    }

    /** Redshift speaks PostgreSQL's protocol, so the driver that comes along does where Amazon's is not there. */
    private boolean isForeign() {
        return DriverManager.drivers().noneMatch(driver -> accepts(driver, url));
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void put(Properties properties, String name, String value) {
        if (!value.isEmpty()) {
            properties.setProperty(name, value);
        }
    }

    /** Has what is under way on a connection fail. From any thread. */
    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // A driver that cannot do this has the statement end by itself.
        }
    }

    static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            // Nobody is waiting for anything of it.
        }
    }

    /** Returns the URL without what nobody should see. */
    ShownUrl shownUrl() {
        return new ShownUrl(url);
    }

    /** Leaves out what nobody should see. */
    @Override
    public String toString() {
        return ShownUrl.of(url);
    }
}
