package io.millrace.connector.delta;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table at a version, for whoever reads it.
 *
 * @param state what its log says of the table
 * @param files its files, by their names: each time the same order, whatever checkpoint they are known by
 */
record TableVersion(TableState state, List<DataFile> files) {

    /**
     * Reads the newest version.
     *
     * @throws MillraceException {@code UNDEFINED_NAME} where there is no table, {@code UNSUPPORTED} where it asks of its
     *     readers what is not done here
     */
    static TableVersion newest(TableLog log) throws IOException {
        TableFiles files = new TableFiles();
        return of(log, log.replay(files), files);
    }

    /** Reads a version that was there; {@code UNDEFINED_NAME} where the log no longer reaches back to it. */
    static TableVersion read(TableLog log, long version) throws IOException {
        TableFiles files = new TableFiles();
        return of(log, log.replay(files, version), files);
    }

    private static TableVersion of(TableLog log, @Nullable LogReplay replay, TableFiles files) {
        if (replay == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "there is no table of Delta Lake at '" + log.table() + "'",
                    "name the folder that has _delta_log in it");
        }
        TableState state = replay.state(log.table());
        ReaderProtocol.check(state, log.table());
        List<DataFile> all = new ArrayList<>(files.count());
        for (byte[] file : files.added()) {
            all.add(DataFile.of(Json.read(file, 0, file.length, "an action of the log"), log.table()));
        }
        all.sort(Comparator.comparing(DataFile::path));
        return new TableVersion(state, List.copyOf(all));
    }
}
