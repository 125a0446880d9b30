package io.millrace.connector.azure;

import io.millrace.spi.ShownUrl;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A container, and what the names of blobs in it begin with.
 *
 * <pre>
 *   azure://container/prefix                                the account is told elsewhere; az:// means the same
 *   azure://account.blob.core.windows.net/container/prefix  a container's name has no dot
 *   abfss://container@account.dfs.core.windows.net/prefix   as Hadoop has it
 * </pre>
 *
 * @param host where the account's blobs are, or null where the URL does not say it
 * @param container the container's name
 * @param prefix empty, or ends with a slash
 */
record AzureLocation(@Nullable String host, String container, String prefix) {

    static final List<String> SCHEMES = List.of("abfss", "az", "azure");

    /** Most characters of a blob's name, of which a file's name is the end. */
    static final int NAME_MAX = 1024;

    private static final Pattern CONTAINER = Pattern.compile("[a-z0-9]([a-z0-9-]{1,61})[a-z0-9]|\\$root|\\$web");
    private static final Pattern SLASHES = Pattern.compile("^/+");

    static AzureLocation of(URI url) {
        String authority = url.getAuthority();
        if (authority == null || url.getQuery() != null || url.getFragment() != null) {
            throw refused(url);
        }
        String path = SLASHES.matcher(url.getPath()).replaceFirst("");
        int at = authority.indexOf('@');
        if (String.valueOf(url.getScheme()).equalsIgnoreCase("abfss")) {
            if (at < 0) {
                throw refused(url);
            }
            String host = authority.substring(at + 1).replaceFirst("\\.dfs\\.", ".blob.");
            return of(url, host, authority.substring(0, at), path);
        }
        if (at >= 0) {
            throw refused(url);
        }
        if (authority.indexOf('.') < 0) {
            return of(url, null, authority, path);
        }
        int slash = path.indexOf('/');
        String container = slash < 0 ? path : path.substring(0, slash);
        return of(url, authority, container, slash < 0 ? "" : path.substring(slash + 1));
    }

    private static AzureLocation of(URI url, @Nullable String host, String container, String path) {
        if (!CONTAINER.matcher(container).matches()) {
            throw refused(url);
        }
        return new AzureLocation(
                host == null ? null : host.toLowerCase(Locale.ROOT),
                container,
                path.isEmpty() || path.endsWith("/") ? path : path + "/");
    }

    private static MillraceException refused(URI url) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                "'" + ShownUrl.of(url.toString()) + "' names no container",
                "write it like 'azure://container/prefix' or"
                        + " 'abfss://container@account.dfs.core.windows.net/prefix'; keys and tokens are options");
    }

    /** Returns the account that the URL names, or null. */
    @Nullable
    String account() {
        return host == null ? null : host.replaceFirst("\\..*", "");
    }

    /** Returns the blob's name of a file's that is to be read, as whoever has made the blob has named it. */
    String blobToRead(String name) {
        return prefix + name;
    }

    /** Returns the blob's name of a file's, and refuses names that would lead elsewhere in a directory. */
    String blob(String name) {
        for (String part : List.of(name.split("/", -1))) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw refused(name, "it has an empty part, '.' or '..'");
            }
            if (part.chars().anyMatch(c -> c < ' ' || c == '\\')) {
                throw refused(name, "it has a control character or a backslash, which Azure takes for a slash");
            }
            if (part.endsWith(".")) {
                throw refused(name, "a part of it ends with a dot, which Azure drops");
            }
        }
        String blob = prefix + name;
        if (blob.length() > NAME_MAX) {
            throw refused(name, "with its prefix it is longer than " + NAME_MAX + " characters");
        }
        return blob;
    }

    /** Returns the file's name of a blob's that begins with the prefix. */
    String name(String blob) {
        return blob.substring(prefix.length());
    }

    private static MillraceException refused(String name, String reason) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT, "file name '" + name + "' cannot be used: " + reason, "choose another");
    }

    @Override
    public String toString() {
        return host == null
                ? "azure://" + container + "/" + prefix
                : "azure://" + host + "/" + container + "/" + prefix;
    }
}
