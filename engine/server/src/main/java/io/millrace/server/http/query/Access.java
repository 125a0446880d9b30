package io.millrace.server.http.query;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.auth.BasicToken;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.auth.AuthTokenExtractors;
import io.millrace.server.postgres.security.ScramVerifier;
import io.millrace.server.postgres.security.Users;
import io.millrace.spi.error.ErrorCode;
import java.net.InetAddress;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks, by the users of the PostgreSQL door: while there are none, whoever asks from this machine is
 * trusted; else name and password are needed.
 *
 * <p>Programs of this machine are trusted, web pages in its browser are not: a page of another origin is refused, and so
 * is one that reaches us under a name of its own making.
 */
final class Access {

    private static final String TRUSTED_USER = "millrace";

    /** Names that nobody but this machine's owner can give to it: localhost, and addresses as numbers. */
    private static final Pattern OWN_NAME = Pattern.compile("localhost|[0-9.]+|\\[[0-9a-fA-F:.]+]");

    private final Users users;
    private final boolean trustLoopback;

    Access(Users users, boolean trustLoopback) {
        this.users = users;
        this.trustLoopback = trustLoopback;
    }

    /** Returns the user's name; throws where there is none to trust. Hashes a password: not for an event loop. */
    String user(ServiceRequestContext context, RequestHeaders headers) {
        refuseOtherPages(headers);
        InetAddress peer = context.remoteAddress().getAddress();
        boolean local = peer == null || peer.isLoopbackAddress();
        if (local && trustLoopback && users.isEmpty()) {
            refuseOtherNames(headers);
            BasicToken named = AuthTokenExtractors.basic().apply(headers);
            return named == null || named.username().isEmpty() ? TRUSTED_USER : named.username();
        }
        return checked(
                AuthTokenExtractors.basic().apply(headers),
                local || context.sessionProtocol().isTls());
    }

    private String checked(@Nullable BasicToken token, boolean secret) {
        if (token != null && !secret) {
            throw new RefusedException(
                    HttpStatus.FORBIDDEN,
                    ErrorCode.ACCESS_DENIED,
                    "the password came over a connection that is not encrypted; others may have read it",
                    "start the server with --tls and use https, or come through an SSH tunnel");
        }
        ScramVerifier verifier = token == null ? null : users.verifier(token.username());
        if (token == null || verifier == null || !verifier.matches(token.password())) {
            throw new RefusedException(
                    HttpStatus.UNAUTHORIZED,
                    ErrorCode.ACCESS_DENIED,
                    token == null
                            ? "a user and a password are needed"
                            : "password authentication failed for user \"" + token.username() + "\"",
                    "give them with curl --user NAME:PASSWORD",
                    Map.of("www-authenticate", "Basic realm=\"millrace\", charset=\"UTF-8\""));
        }
        return token.username();
    }

    private static void refuseOtherPages(RequestHeaders headers) {
        String origin = headers.get(HttpHeaderNames.ORIGIN);
        if (origin != null
                && !origin.equals("http://" + headers.authority())
                && !origin.equals("https://" + headers.authority())) {
            throw new RefusedException(
                    HttpStatus.FORBIDDEN,
                    ErrorCode.ACCESS_DENIED,
                    "a web page of " + origin + " may not ask here",
                    "ask from a program");
        }
    }

    private static void refuseOtherNames(RequestHeaders headers) {
        String host = String.valueOf(headers.authority()).replaceFirst(":\\d*$", "");
        if (!OWN_NAME.matcher(host).matches()) {
            throw new RefusedException(
                    HttpStatus.FORBIDDEN,
                    ErrorCode.ACCESS_DENIED,
                    "who asks without a password must call this server localhost, not " + host,
                    "use http://localhost, or make a user with millrace user");
        }
    }
}
