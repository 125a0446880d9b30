package io.millrace.connector.s3;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A bucket, and what the keys in it begin with.
 *
 * @param bucket the bucket's name
 * @param prefix empty, or ends with a slash
 */
record S3Location(String bucket, String prefix) {

    /** Most bytes of a key, of which a name is the end. */
    static final int KEY_BYTES_MAX = 1024;

    static S3Location of(URI url) {
        String bucket = url.getAuthority();
        if (bucket == null || bucket.isEmpty() || url.getQuery() != null || url.getFragment() != null) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT, "'" + url + "' names no bucket", "write it like 's3://bucket/prefix'");
        }
        String path = url.getPath().replaceFirst("^/+", "");
        return new S3Location(bucket, path.isEmpty() || path.endsWith("/") ? path : path + "/");
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
                ErrorCode.INVALID_ARGUMENT, "file name '" + name + "' cannot be used", "choose another: " + reason);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix;
    }
}
