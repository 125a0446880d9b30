package io.millrace.server.aws;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as far as it shapes the answer.
 *
 * @param account twelve digits
 * @param region the region that the request's signature names
 */
record Caller(String account, String region) {

    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]*/\\d{8}/([a-z0-9-]+)/");

    /** Reads the region from the signature; without one the default holds. */
    static Caller of(AwsSettings settings, @Nullable String authorization) {
        Matcher scope = SCOPE.matcher(authorization == null ? "" : authorization);
        return new Caller(settings.account(), scope.find() ? scope.group(1) : settings.region());
    }

    String streamArn(String stream) {
        return "arn:aws:kinesis:" + region + ":" + account + ":stream/" + stream;
    }
}
