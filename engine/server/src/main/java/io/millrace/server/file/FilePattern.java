package io.millrace.server.file;

import io.millrace.spi.ShownUrl;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which files a URL means: a file, all files below a folder ({@code …/}), or those that a pattern fits ({@code *} within
 * a name, {@code **} over folders, {@code ?}, <code>{a,b}</code>). A part {@code **} between slashes is any number of
 * folders, none among them.
 *
 * @param folder the place that has them all, with a slash at its end
 * @param prefix what all their names in the folder begin with
 * @param rest what stands behind the folder: a name, a pattern, or nothing
 * @param exact whether that is a name itself, and no pattern
 * @param patterns of which a name is to fit one
 */
public record FilePattern(URI folder, String prefix, String rest, boolean exact, List<PathMatcher> patterns) {

    private static final String ANY_FOLDERS = "**/";

    /** In how many ways a pattern is read at most; nobody has more than a few such parts. */
    private static final int READINGS_MAX = 64;

    /** Its names are compared as text, whatever the machine's encoding of names is: a store has all letters. */
    private static final FileSystem TEXT = FileSystems.getFileSystem(URI.create("jrt:/"));

    /** What makes a pattern of a name; a backslash takes that from the letter behind it. */
    private static final String WILD = "*?{[\\";

    /**
     * Reads a URL.
     *
     * @throws MillraceException {@code INVALID_ARGUMENT} where it names no files
     */
    public static FilePattern of(String url) {
        ShownUrl.refuseSecrets(
                url, "keys and tokens are options: CREATE EXTERNAL TABLE name FROM 'url' WITH (…), COPY … WITH (…)");
        ShownUrl shown = new ShownUrl(url);
        if (!url.contains("://")) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + shown + "' is no URL",
                    "a file of the server is 'file:///path', one of yours goes by \\copy of psql or COPY … FROM STDIN");
        }
        int wild = IntStream.range(0, url.length())
                .filter(at -> WILD.indexOf(url.charAt(at)) >= 0)
                .findFirst()
                .orElse(url.length());
        int slash = url.lastIndexOf('/', wild - 1);
        if (slash <= url.indexOf("://") + 2) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + shown + "' names no file",
                    "write it like 'file:///lake/trades/*.parquet' or 's3://bucket/trades/'");
        }
        String rest = url.substring(slash + 1);
        try {
            return new FilePattern(
                    // The folder is a URL with all that is escaped in one; names are taken as they are.
                    folder(url.substring(0, slash + 1).replace(" ", "%20")),
                    url.substring(slash + 1, wild),
                    rest,
                    wild == url.length() && !rest.isEmpty(),
                    patterns(rest.isEmpty() ? "**" : rest));
        } catch (PatternSyntaxException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + shown.in(rest) + "' is no pattern of files: " + e.getDescription(),
                    null,
                    e);
        }
    }

    /** Returns matchers of a pattern, with and without each part that stands for any number of folders. */
    private static List<PathMatcher> patterns(String pattern) {
        Set<String> all = new LinkedHashSet<>(List.of(pattern));
        for (int at = pattern.lastIndexOf(ANY_FOLDERS); at >= 0; at = pattern.lastIndexOf(ANY_FOLDERS, at - 1)) {
            int start = at;
            if (all.size() < READINGS_MAX && (start == 0 || pattern.charAt(start - 1) == '/')) {
                List.copyOf(all)
                        .forEach(each ->
                                all.add(each.substring(0, start) + each.substring(start + ANY_FOLDERS.length())));
            }
        }
        return all.stream().map(each -> TEXT.getPathMatcher("glob:" + each)).toList();
    }

    private static URI folder(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + ShownUrl.of(url) + "' is no URL",
                    "write it like 'file:///data/lake/trades'",
                    e);
        }
    }

    /** Returns whether a file in the folder is meant. */
    public boolean matches(String name) {
        // A store may have even this one in a name, and no path does.
        Path path = TEXT.getPath(name.replace('\0', '\uFFFD'));
        return name.startsWith(prefix) && patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** Returns how many parts the names have at most that it fits. */
    public int depth() {
        return rest.isEmpty() || rest.contains("**")
                ? Integer.MAX_VALUE
                : 1 + (int) rest.chars().filter(c -> c == '/').count();
    }

    /** Returns the columns that a file's folders are named after, and their values: text, or null for NULL. */
    public static Map<String, @Nullable String> keys(String url) {
        return Partitions.keys(url);
    }

    /**
     * Returns whether a name is one that readers of lakes pass over: a part of it begins with a dot or an underscore,
     * as no part of the pattern does. A folder of NULL alone is none of them.
     */
    public boolean hides(String name) {
        return hides(name, '.') || hides(name.replace(Partitions.NULL, "NULL"), '_');
    }

    private boolean hides(String name, char first) {
        return begins(name, first) && !begins(rest, first);
    }

    private static boolean begins(String path, char first) {
        return path.indexOf(first) == 0 || path.contains("/" + first);
    }

    /** Returns the URL of a file in the folder, with nothing in it escaped: the same one whatever pattern has found it. */
    public String urlOf(String name) {
        // Two slashes in a row are one in a directory, and not in a bucket.
        URI place = folder.getAuthority() == null ? folder.normalize() : folder;
        String authority = folder.getAuthority() == null ? "" : folder.getAuthority();
        return place.getScheme() + "://" + authority + place.getPath() + name;
    }
}
