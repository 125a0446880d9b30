package io.millrace.server.file;

import io.millrace.delivery.Decompression;
import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.GuessedRows;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out what files hold, and remembers it: a query asks when it is planned and when it runs, and the next one of
 * the same files asks again. Safe for use by several threads.
 */
final class FileTypes {

    private static final int REMEMBERED_MAX = 50_000;

    /** How much of a file of text is looked at for a guess. */
    private static final int GUESS_LINES = 4096;

    private static final int GUESS_BYTES = 1 << 20;

    private record Key(String url, long bytes, String version, Options options) {}

    private final FileFormats formats;
    private final Map<Key, FileType> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, FileType> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    FileTypes(FileFormats formats) {
        this.formats = formats;
    }

    /**
     * Returns what a file holds.
     *
     * @param options those of the format
     */
    FileType of(ObjectStore store, FoundFile file, Options options) {
        Key key = new Key(file.url(), file.bytes(), file.stored().version(), options);
        synchronized (known) {
            FileType type = known.get(key);
            if (type != null) {
                return type;
            }
        }
        FileType type = look(store, file, options);
        synchronized (known) {
            known.put(key, type);
        }
        return type;
    }

    private FileType look(ObjectStore store, FoundFile file, Options options) {
        String name = FileName.format(options, file.url());
        try {
            formats.requireAny(name);
            Options own = options.without("format", "header");
            if (!formats.isFileFormat(name)) {
                return guess(store, file, name, options);
            }
            refuseCompressed(file, name);
            try (RowFileReader reader = formats.fileFormat(name).reader(store.open(file.stored()), own)) {
                return new FileType(reader.type(), reader.rowCount(), false);
            }
        } catch (IOException | MillraceException e) {
            throw FoundFiles.of(file, e);
        }
    }

    private static void refuseCompressed(FoundFile file, String format) {
        if (FileName.compressed(file.url())) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "a file of format " + format + " cannot be read while it is compressed as a whole",
                    "unpack it: the format compresses what is inside");
        }
    }

    private FileType guess(ObjectStore store, FoundFile file, String name, Options options) throws IOException {
        try (InputStream in = Decompression.of(file.url(), store.read(file.stored()));
                Lines lines = new Lines(in, RecordLines.of(name, options), GUESS_BYTES)) {
            int count = lines.next(GUESS_LINES);
            if (count == 0) {
                return new FileType(new RowType(List.of()), 0, false);
            }
            GuessedRows guess = formats.recordFormat(name).guess(lines.records(), count, options.without("format"));
            if (guess == null) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED,
                        "files of format " + name + " do not say what their columns are",
                        "say it: CREATE EXTERNAL TABLE name (columns) FROM …");
            }
            return new FileType(guess.type(), -1, guess.header());
        }
    }
}
