package io.millrace.format.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.parquet.crypto.AesCipher;
import org.apache.parquet.crypto.InternalColumnDecryptionSetup;
import org.apache.parquet.crypto.InternalFileDecryptor;
import org.apache.parquet.crypto.ModuleCipherFactory.ModuleType;
import org.apache.parquet.format.BlockCipher;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts the pages of one column chunk. Each header and page is sealed with its place in the file, so none can be
 * taken for another.
 */
final class PageDecryption {

    private final BlockCipher.Decryptor headers;
    private final BlockCipher.Decryptor pages;
    private final byte[] file;
    private final int group;
    private final int column;

    private PageDecryption(InternalColumnDecryptionSetup setup, byte[] file, int group) {
        this.headers = setup.getMetaDataDecryptor();
        this.pages = setup.getDataDecryptor();
        this.file = file;
        this.group = group;
        this.column = setup.getOrdinal();
    }

    /** Returns what decrypts a chunk; null where it is not encrypted. */
    static @Nullable PageDecryption of(@Nullable InternalFileDecryptor decryptor, ColumnChunkMetaData chunk) {
        if (decryptor == null || decryptor.plaintextFile()) {
            return null;
        }
        InternalColumnDecryptionSetup setup = decryptor.getColumnSetup(chunk.getPath());
        return setup.isEncrypted()
                ? new PageDecryption(setup, decryptor.getFileAAD(), chunk.getRowGroupOrdinal())
                : null;
    }

    PageHeader dictionaryHeader(InputStream in) throws IOException {
        return Util.readPageHeader(in, headers, place(ModuleType.DictionaryPageHeader, -1));
    }

    /** @param page number of the data page in its chunk */
    PageHeader header(InputStream in, int page) throws IOException {
        return Util.readPageHeader(in, headers, place(ModuleType.DataPageHeader, page));
    }

    byte[] dictionary(byte[] data, int start, int end) {
        return pages.decrypt(Arrays.copyOfRange(data, start, end), place(ModuleType.DictionaryPage, -1));
    }

    byte[] page(byte[] data, int start, int end, int page) {
        return pages.decrypt(Arrays.copyOfRange(data, start, end), place(ModuleType.DataPage, page));
    }

    private byte[] place(ModuleType type, int page) {
        return AesCipher.createModuleAAD(file, type, group, column, page);
    }
}
