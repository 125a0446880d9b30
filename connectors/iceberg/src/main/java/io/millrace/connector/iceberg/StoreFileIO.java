package io.millrace.connector.iceberg;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Iceberg's files in our stores. Each table has a store of its own at the table's place, which is what stands before
 * {@code /metadata/} or {@code /data/} in the files' names. Files are read whole: those that Iceberg itself reads are
 * lists of other files. Where a table is only read, its files may lie anywhere. Safe for use by several threads.
 */
final class StoreFileIO implements FileIO {

    private final transient Function<URI, ObjectStore> opener;
    private final boolean anywhere;
    private final transient Map<String, ObjectStore> stores = new TreeMap<>();

    /** @param anywhere whether files may lie elsewhere than other writers' usual folders */
    StoreFileIO(Function<URI, ObjectStore> opener, boolean anywhere) {
        this.opener = opener;
        this.anywhere = anywhere;
    }

    /** A store, and the name of a file in it. */
    record Place(ObjectStore store, String name) {}

    /** Returns where a file is. */
    Place place(String location) {
        int metadata = location.lastIndexOf("/metadata/");
        int end = Math.max(metadata, location.lastIndexOf("/data/"));
        if (end < 0 && anywhere) {
            end = location.lastIndexOf('/');
        }
        if (end < 0) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "the table's file '" + location + "' lies neither in its folder 'data' nor in 'metadata'",
                    "take write.data.path and write.metadata.path from the table's properties");
        }
        String root = location.substring(0, end);
        return new Place(store(root), location.substring(end + 1));
    }

    /** Returns the store at a table's place, which is closed with this. */
    ObjectStore store(String root) {
        synchronized (stores) {
            return stores.computeIfAbsent(root, place -> opener.apply(FilePlace.folder(place)));
        }
    }

    @Override
    public InputFile newInputFile(String location) {
        return new StoredFile(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new NewFile(location);
    }

    @Override
    public void deleteFile(String location) {
        Place place = place(location);
        try {
            place.store.delete(place.name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        synchronized (stores) {
            stores.values().forEach(ObjectStore::close);
            stores.clear();
        }
    }

    private final class StoredFile implements InputFile {

        private final String location;
        private byte @Nullable [] bytes;

        StoredFile(String location) {
            this.location = location;
        }

        @Override
        public long getLength() {
            return bytes().length;
        }

        @Override
        public SeekableInputStream newStream() {
            return new BytesStream(bytes());
        }

        private byte[] bytes() {
            if (bytes == null) {
                Place place = place(location);
                try (InputStream in = place.store.read(place.name)) {
                    bytes = in.readAllBytes();
                } catch (IOException e) {
                    throw new ReadFailedException(location, e);
                } catch (MillraceException e) {
                    if (e.code() != ErrorCode.UNDEFINED_NAME) {
                        throw new ReadFailedException(location, e);
                    }
                    throw new NotFoundException(e, "File does not exist: %s", location);
                }
            }
            return bytes;
        }

        @Override
        public String location() {
            return location;
        }

        @Override
        public boolean exists() {
            try {
                bytes();
                return true;
            } catch (ReadFailedException e) {
                throw e;
            } catch (NotFoundException e) {
                return false;
            }
        }
    }

    private final class NewFile implements OutputFile {

        private final String location;

        NewFile(String location) {
            this.location = location;
        }

        @Override
        public StagedStream create() {
            Place place = place(location);
            try {
                return new StagedStream(place.store, place.name);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Names are never used twice by Iceberg, so there is nothing to write over. */
        @Override
        public StagedStream createOrOverwrite() {
            return create();
        }

        @Override
        public String location() {
            return location;
        }

        @Override
        public InputFile toInputFile() {
            return newInputFile(location);
        }
    }
}
