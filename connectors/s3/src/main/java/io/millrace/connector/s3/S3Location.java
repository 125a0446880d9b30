package io.millrace.connector.s3;

import io.millrace.spi.ShownUrl;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A bucket, and what the keys in it begin with.
 *
 * @param bucket the bucket's name
 * @param prefix empty, or ends with a slash
 */
record S3Location(String bucket, String prefix) {

    /** Most bytes of a key, of which a name is the end. */
    static final int KEY_BYTES_MAX = 1024;

    private static final Pattern SLASHES = Pattern.compile("^/+");

    /** Returns a place to write to. Slashes in front of its path are no part of it. */
    static S3Location of(URI url) {
        return of(url, SLASHES.matcher(url.getPath()).replaceFirst(""));
    }

    /** Returns a place to read from. What others have named may begin with a slash, so only the first is no part of it. */
    static S3Location toRead(URI url) {
        return of(url, url.getPath().startsWith("/") ? url.getPath().substring(1) : url.getPath());
    }

    private static S3Location of(URI url, String path) {
        String bucket = url.getAuthority();
        if (bucket == null
                || bucket.isEmpty()
                || bucket.indexOf('@') >= 0
                || url.getQuery() != null
                || url.getFragment() != null) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + ShownUrl.of(url.toString()) + "' names no bucket",
                    "write it like 's3://bucket/prefix'; keys are options");
        }
        return new S3Location(bucket, path.isEmpty() || path.endsWith("/") ? path : path + "/");
    }

    /** Returns the key of a name to be read, as whoever has made the object has named it. */
    String keyToRead(String name) {
        return prefix + name;
    }

    /** Returns the key of a name, and refuses names that would lead elsewhere in a directory. */
    String key(String name) {
        for (String part : List.of(name.split("/", -1))) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw refused(name, "it has an empty part, '.' or '..'");
            }
            if (part.chars().anyMatch(c -> c < ' ')) {
                throw refused(name, "it has a control character");
            }
        }
        String key = prefix + name;
        if (key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX) {
            throw refused(name, "with its prefix it is longer than " + KEY_BYTES_MAX + " bytes");
        }
        return key;
    }

    /** Returns the name of a key that begins with the prefix. */
    String name(String key) {
        return key.substring(prefix.length());
    }

    private static MillraceException refused(String name, String reason) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT, "file name '" + name + "' cannot be used: " + reason, "choose another");
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix;
    }
}
