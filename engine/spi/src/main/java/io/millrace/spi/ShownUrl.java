package io.millrace.spi;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A URL as people may see it. Who is named in it, and what stands behind its question mark, may be what opens the place,
 * so neither is shown, and neither are the properties behind a semicolon of a database's URL. Of files, whose names a
 * question mark may stand in as any letter, only what is written like a query is hidden: {@code ?sig=…}. Tables of files
 * have options there, of which the secret ones are hidden.
 */
public final class ShownUrl {

    private static final String HIDDEN = "(hidden)";
    /** In {@code abfss://container@account…} it is a place and nobody. */
    private static final String PLACE = "(?!(?<=^abfss:|^delta:abfss:)//[a-z0-9$-]{1,63}@[^@/?#]*(?:[/?#]|$))";

    private static final Pattern USER = Pattern.compile(PLACE + "//([^/?#]*)@");

    /** What stands behind the name of an Oracle driver: user and password, with a slash between. */
    private static final Pattern ORACLE_USER = Pattern.compile("^(jdbc:oracle:[a-z0-9]+:)([^@]+)@");

    private static final Pattern QUERY = Pattern.compile("[?](.*)$", Pattern.DOTALL);

    /** Where names may be patterns. */
    private static final Pattern FILES = Pattern.compile("^(file|s3|s3a|azure|az|abfss)://.*", Pattern.DOTALL);

    private static final Pattern QUERY_OF_FILES = Pattern.compile("[?]([\\w.~%-]+=.*)$", Pattern.DOTALL);

    private static final Pattern TABLES = Pattern.compile("^(iceberg|delta):.*", Pattern.DOTALL);

    /** What the two clouds call the signature of a URL, and whose it is. */
    private static final Pattern SIGNED = Pattern.compile("sig|signature|x-amz-.*|awsaccesskeyid");

    private static final Pattern PROPERTIES = Pattern.compile("^(jdbc:[^;?]*;)(.*)$", Pattern.DOTALL);

    /** Shorter ones may stand in any text by chance, and open nothing. */
    private static final int SECRET_LENGTH_MIN = 4;

    private final String text;
    private final boolean hasUser;
    private final List<String> secrets = new ArrayList<>();

    /** @param url any text that is meant to be a URL */
    public ShownUrl(String url) {
        int options = TABLES.matcher(url).matches() ? url.indexOf('?') : -1;
        String shown = replaced(ORACLE_USER, options < 0 ? url : url.substring(0, options), 2, "@");
        String withUser = shown;
        shown = replaced(USER, shown, 1, "@");
        this.hasUser = !shown.equals(withUser);
        shown = replaced(PROPERTIES, shown, 2, "");
        boolean files = FILES.matcher(url).matches();
        shown = replaced(files ? QUERY_OF_FILES : QUERY, shown, 1, "");
        this.text = options < 0 ? shown : shown + withOptions(url.substring(options + 1));
    }

    /** Hides the values of options whose names say that they are secret, and those that are URLs with a secret in them. */
    private String withOptions(String options) {
        return Stream.of(options.split("&", -1)).map(this::option).collect(Collectors.joining("&", "?", ""));
    }

    private String option(String pair) {
        int sign = pair.indexOf('=');
        String value = pair.substring(sign + 1);
        boolean hidden =
                sign > 0 && (isSecret(pair.substring(0, sign)) || !new ShownUrl(decoded(value)).secrets.isEmpty());
        if (!hidden || value.equals(HIDDEN)) {
            return pair;
        }
        secrets.add(pair);
        return pair.substring(0, sign + 1) + HIDDEN;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    /** Returns a URL without what nobody should see. */
    public static String of(String url) {
        return new ShownUrl(url).text;
    }

    /**
     * Fails where a URL has what opens a place in it, and it would be shown: in plans, in the names of relations.
     *
     * @param instead what to write instead
     * @throws MillraceException {@code INVALID_ARGUMENT}
     */
    public static void refuseSecrets(String url, String instead) {
        ShownUrl shown = new ShownUrl(url);
        if (shown.hasUser || shown.hasSignature() || (TABLES.matcher(url).matches() && !shown.secrets.isEmpty())) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + shown + "' has a secret in it, and a URL is shown in plans",
                    instead);
        }
    }

    private boolean hasSignature() {
        return secrets.stream()
                .flatMap(text -> Stream.of(text.split("[&?]", -1)))
                .filter(pair -> pair.indexOf('=') > 0)
                .anyMatch(pair -> isSecret(pair.substring(0, pair.indexOf('='))));
    }

    private static boolean isSecret(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return SIGNED.matcher(plain).matches() || Options.isSecret(plain.replace('-', '_'));
    }

    private String replaced(Pattern pattern, String url, int secret, String behind) {
        Matcher found = pattern.matcher(url);
        if (!found.find()
                || found.group(secret).isEmpty()
                || found.group(secret).equals(HIDDEN)) {
            return url;
        }
        secrets.add(found.group(secret));
        return url.substring(0, found.start(secret)) + HIDDEN + behind + url.substring(found.end());
    }

    /** Returns a text, such as what a server answers, without what this URL hides. */
    public String in(String said) {
        String shown = said;
        for (String secret : secrets) {
            if (secret.length() >= SECRET_LENGTH_MIN) {
                shown = shown.replace(secret, HIDDEN);
            }
        }
        return shown;
    }

    @Override
    public String toString() {
        return text;
    }
}
