package io.millrace.server.engine;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;

/**
 * Which files a URL means: a file, all files below a folder ({@code …/}), or those that a pattern fits ({@code *} within
 * a name, {@code **} over folders, {@code ?}, <code>{a,b}</code>).
 *
 * @param folder the place that has them all, with a slash at its end
 * @param prefix what all their names in the folder begin with
 * @param pattern what a name is to fit
 */
record FilePattern(URI folder, String prefix, PathMatcher pattern) {

    private static final String WILD = "*?{[";

    static FilePattern of(String url) {
        if (!url.contains("://")) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + url + "' is no URL",
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
                    "'" + url + "' names no file",
                    "write it like 'file:///lake/trades/*.parquet' or 's3://bucket/trades/'");
        }
        String rest = url.substring(slash + 1);
        try {
            return new FilePattern(
                    Destinations.location(url.substring(0, slash + 1)),
                    url.substring(slash + 1, wild),
                    FileSystems.getDefault().getPathMatcher("glob:" + (rest.isEmpty() ? "**" : rest)));
        } catch (PatternSyntaxException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + rest + "' is no pattern of files: " + e.getDescription(),
                    null,
                    e);
        }
    }

    boolean matches(String name) {
        return name.startsWith(prefix) && pattern.matches(Path.of(name));
    }

    /** Returns the URL of a file in the folder: the same one whatever pattern has found it. */
    String urlOf(String name) {
        return folder.normalize().toString().replaceFirst("^file:/(?!/)", "file:///") + name;
    }
}
