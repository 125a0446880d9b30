package io.millrace.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL as people may see it. Who is named in it, and what stands behind its question mark, may be what opens the place,
 * so neither is shown, and neither are the properties behind a semicolon of a database's URL.
 */
public final class ShownUrl {

    private static final String HIDDEN = "(hidden)";
    /** In {@code abfss://container@account…} it is a place and nobody. */
    private static final String PLACE = "(?!(?<=^abfss:|^delta:abfss:)//[a-z0-9$-]{1,63}@[^@/?#]*(?:[/?#]|$))";

    private static final Pattern USER = Pattern.compile(PLACE + "//([^/?#]*)@");

    /** What stands behind the name of an Oracle driver: user and password, with a slash between. */
    private static final Pattern ORACLE_USER = Pattern.compile("^(jdbc:oracle:[a-z0-9]+:)([^@]+)@");

    private static final Pattern QUERY = Pattern.compile("[?](.*)$", Pattern.DOTALL);
    private static final Pattern PROPERTIES = Pattern.compile("^(jdbc:[^;?]*;)(.*)$", Pattern.DOTALL);

    /** Shorter ones may stand in any text by chance, and open nothing. */
    private static final int SECRET_LENGTH_MIN = 4;

    private final String text;
    private final List<String> secrets = new ArrayList<>();

    /** @param url any text that is meant to be a URL */
    public ShownUrl(String url) {
        String shown = replaced(ORACLE_USER, url, 2, "@");
        shown = replaced(USER, shown, 1, "@");
        shown = replaced(PROPERTIES, shown, 2, "");
        this.text = replaced(QUERY, shown, 1, "");
    }

    /** Returns a URL without what nobody should see. */
    public static String of(String url) {
        return new ShownUrl(url).text;
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
