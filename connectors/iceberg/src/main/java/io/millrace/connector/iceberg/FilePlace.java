package io.millrace.connector.iceberg;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where other writers say that files are: paths of Hadoop among them, which are no URLs. */
final class FilePlace {

    private FilePlace() {}

    /** Returns a folder as the URL that opens its store. */
    static URI folder(String place) {
        String url = place.replaceFirst("^s3[an]://", "s3://") + "/";
        if (url.startsWith("/")) {
            return Path.of(url).toUri();
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            return encoded(url);
        }
    }

    /** Characters that a URL cannot have are meant as they are. */
    private static URI encoded(String url) {
        int colon = url.indexOf(':');
        try {
            return new URI(url.substring(0, colon), url.substring(colon + 1), null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + url + "' is no place of files", e);
        }
    }
}
