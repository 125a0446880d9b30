package io.millrace.format.parquet;

import io.millrace.spi.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.crypto.ColumnEncryptionProperties;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.crypto.ParquetCipher;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * How a file is encrypted, by Parquet's own modular encryption: {@link EncryptionKeys}, and
 *
 * <pre>
 *   encryption_algorithm  aes_gcm (as a rule) or aes_gcm_ctr: pages without a seal each, which is faster
 *   encryption_key_id     name of the footer's key, which is stored in the file for whoever looks for it
 *   plaintext_footer      true: readers without keys see the schema, and columns that have no key; the footer is signed
 *   aad_prefix_stored     false: the prefix is not in the file, and readers must know it
 * </pre>
 *
 * <p>With keys of columns only those are encrypted; without any, all are, with the footer's key.
 */
record FileEncryption(
        EncryptionKeys keys, ParquetCipher algorithm, String keyId, boolean plaintextFooter, boolean storesPrefix) {

    private static final String ALGORITHM = "encryption_algorithm";
    private static final String KEY_ID = "encryption_key_id";
    private static final String PLAINTEXT_FOOTER = "plaintext_footer";
    private static final String STORED = "aad_prefix_stored";

    private static final List<String> NAMES = List.of(ALGORITHM, KEY_ID, PLAINTEXT_FOOTER, STORED);

    static List<String> names(Options options) {
        return Stream.concat(NAMES.stream(), EncryptionKeys.names(options).stream())
                .toList();
    }

    /** Reads how; null where files are not encrypted. */
    static @Nullable FileEncryption from(Options options) {
        EncryptionKeys keys = EncryptionKeys.from(options);
        if (keys == null) {
            for (String name : NAMES) {
                if (options.has(name)) {
                    throw Options.invalid(
                            name, options.get(name, ""), "encryption_key too, without which nothing is encrypted");
                }
            }
            return null;
        }
        if (options.has(STORED) && keys.aadPrefix().isEmpty()) {
            throw Options.invalid(STORED, options.get(STORED, ""), "an aad_prefix too, which it is about");
        }
        return new FileEncryption(
                keys,
                algorithm(options.get(ALGORITHM, "aes_gcm")),
                options.get(KEY_ID, ""),
                options.getBoolean(PLAINTEXT_FOOTER, false),
                options.getBoolean(STORED, true));
    }

    private static ParquetCipher algorithm(String name) {
        return switch (name) {
            case "aes_gcm" -> ParquetCipher.AES_GCM_V1;
            case "aes_gcm_ctr" -> ParquetCipher.AES_GCM_CTR_V1;
            default -> throw Options.invalid(ALGORITHM, name, "aes_gcm or aes_gcm_ctr");
        };
    }

    /** Returns what encrypts one file. */
    FileEncryptionProperties properties(MessageType schema) {
        List<String> paths = schema.getColumns().stream()
                .map(column -> String.join(".", column.getPath()))
                .toList();
        List<String> unknown = keys.unknown(paths);
        if (!unknown.isEmpty()) {
            throw Options.invalid(
                    "column_key." + unknown.getFirst(), "…", "the name of a column: " + String.join(", ", paths));
        }
        FileEncryptionProperties.Builder properties =
                FileEncryptionProperties.builder(keys.footer()).withAlgorithm(algorithm);
        if (!keyId.isEmpty()) {
            properties.withFooterKeyID(keyId);
        }
        if (plaintextFooter) {
            properties.withPlaintextFooter();
        }
        if (!keys.aadPrefix().isEmpty()) {
            properties.withAADPrefix(keys.prefixBytes());
            if (!storesPrefix) {
                properties.withoutAADPrefixStorage();
            }
        }
        if (!keys.columns().isEmpty()) {
            properties.withEncryptedColumns(columns());
        }
        return properties.build();
    }

    private Map<ColumnPath, ColumnEncryptionProperties> columns() {
        Map<ColumnPath, ColumnEncryptionProperties> columns = new HashMap<>();
        keys.columns()
                .forEach((name, key) -> columns.put(
                        EncryptionKeys.path(name),
                        ColumnEncryptionProperties.builder(EncryptionKeys.path(name))
                                .withKey(key)
                                .build()));
        return columns;
    }
}
