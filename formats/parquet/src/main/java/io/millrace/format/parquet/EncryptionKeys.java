package io.millrace.format.parquet;

import io.millrace.spi.Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.crypto.ColumnDecryptionProperties;
import org.apache.parquet.crypto.FileDecryptionProperties;
import org.apache.parquet.crypto.InternalFileDecryptor;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an encrypted file.
 *
 * <pre>
 *   encryption_key       of the footer, and of all columns that have none of their own: 16, 24 or 32 bytes in base64
 *   "column_key.NAME"    of a column
 *   keys_file            file on the server's machine with lines "footer = …" and "column.NAME = …"
 *   aad_prefix           what the file is bound to, where that is not stored in it
 * </pre>
 *
 * @param footer the footer's key
 * @param columns keys of columns by their path, such as {@code place.lat}
 * @param aadPrefix empty where there is none
 */
record EncryptionKeys(byte[] footer, Map<String, byte[]> columns, String aadPrefix) {

    static final String KEY = "encryption_key";
    static final String KEYS_FILE = "keys_file";
    static final String AAD_PREFIX = "aad_prefix";

    private static final String COLUMN_KEY = "column_key.";
    private static final List<String> NAMES = List.of(KEY, KEYS_FILE, AAD_PREFIX);
    private static final List<Integer> KEY_BYTES = List.of(16, 24, 32);

    /** Returns the names of these options, those of columns as they are given. */
    static List<String> names(Options options) {
        return Stream.concat(
                        NAMES.stream(), options.asMap().keySet().stream().filter(name -> name.startsWith(COLUMN_KEY)))
                .toList();
    }

    /** Reads the keys; null where there are none. */
    static @Nullable EncryptionKeys from(Options options) {
        Map<String, byte[]> columns = new TreeMap<>();
        byte[] footer = null;
        if (options.has(KEYS_FILE)) {
            Properties file = properties(options.get(KEYS_FILE, ""));
            for (String name : file.stringPropertyNames()) {
                byte[] key = key(KEYS_FILE, file.getProperty(name));
                if (name.equals("footer")) {
                    footer = key;
                } else if (name.startsWith("column.")) {
                    columns.put(name.substring("column.".length()), key);
                } else {
                    throw Options.invalid(
                            KEYS_FILE,
                            options.get(KEYS_FILE, ""),
                            "a file of lines 'footer = …' and 'column.NAME = …'");
                }
            }
        }
        if (options.has(KEY)) {
            footer = key(KEY, options.get(KEY, ""));
        }
        for (String name : names(options)) {
            if (name.startsWith(COLUMN_KEY)) {
                columns.put(name.substring(COLUMN_KEY.length()), key(name, options.get(name, "")));
            }
        }
        if (footer != null) {
            return new EncryptionKeys(footer, columns, options.get(AAD_PREFIX, ""));
        }
        for (String name : names(options)) {
            if (options.has(name)) {
                throw Options.invalid(
                        name,
                        Options.isSecret(name) ? "…" : options.get(name, ""),
                        "a key of the footer too, encryption_key");
            }
        }
        return null;
    }

    private static Properties properties(String path) {
        Properties read = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            read.load(in);
            return read;
        } catch (IOException | IllegalArgumentException e) {
            throw Options.invalid(KEYS_FILE, path, "a file of keys on the server's machine that the server can read");
        }
    }

    private static byte[] key(String option, String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text.strip());
            if (KEY_BYTES.contains(key.length)) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw Options.invalid(option, "…", "a key of AES: 16, 24 or 32 bytes in base64");
        }
        throw Options.invalid(option, "…", "a key of AES: 16, 24 or 32 bytes in base64");
    }

    byte[] prefixBytes() {
        return aadPrefix.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the path of a column whose name may have dots: those in a name are told from others by the schema alone. */
    static ColumnPath path(String name) {
        return ColumnPath.fromDotString(name);
    }

    /** Makes what decrypts one file. Files that are not encrypted are read too. */
    InternalFileDecryptor decryptor() {
        Map<ColumnPath, ColumnDecryptionProperties> keys = new HashMap<>();
        columns.forEach((name, key) -> keys.put(
                path(name),
                ColumnDecryptionProperties.builder(path(name)).withKey(key).build()));
        FileDecryptionProperties.Builder properties =
                FileDecryptionProperties.builder().withFooterKey(footer).withPlaintextFilesAllowed();
        if (!keys.isEmpty()) {
            properties.withColumnKeys(keys);
        }
        if (!aadPrefix.isEmpty()) {
            properties.withAADPrefix(prefixBytes());
        }
        return new InternalFileDecryptor(properties.build());
    }

    /** Returns the columns that have keys and are none of these. */
    List<String> unknown(List<String> paths) {
        List<String> unknown = new ArrayList<>(columns.keySet());
        unknown.removeAll(paths);
        return unknown;
    }

    /** Leaves out what nobody should see. */
    @Override
    public String toString() {
        return "keys of the footer and of " + columns.keySet();
    }
}
