package io.millrace.server.engine;

import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What could not be used of a file's rows and has not been told yet, in pieces that the error stream takes. */
final class CopyRejections {

    /** Entries of a piece, and bytes of them: part of what is stored, as the steps of the rows are. */
    private static final int ENTRIES_MAX = 4096;

    private static final long BYTES_MAX = 8 << 20;
    /** What an entry tells beside its data. */
    private static final int ENTRY_BYTES = 256;

    private final String file;
    private final List<RejectedEntry> entries = new ArrayList<>();

    /** @param file its URL, the source that is told */
    CopyRejections(String file) {
        this.file = file;
    }

    void record(String position, ErrorCode code, String reason, byte[] data) {
        entries.add(new RejectedEntry(file, position, code, reason, ErrorStream.told(data), RowOrigins.NO_ROWTIME));
    }

    void row(String position, ErrorCode code, String reason, RowBatch batch, int row) {
        byte[] text = String.valueOf(JavaValues.row(batch, row)).getBytes(StandardCharsets.UTF_8);
        record(position, code, reason, text);
    }

    /** Returns the first of what there is, as much as goes into a piece, and forgets it; nothing where that is not full. */
    List<RejectedEntry> takeFull() {
        long bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            bytes += ENTRY_BYTES + entries.get(i).data().length;
            if (i + 1 == ENTRIES_MAX || bytes >= BYTES_MAX) {
                return take(i + 1);
            }
        }
        return List.of();
    }

    /** Returns what there is, less than goes into a piece, and forgets it. */
    List<RejectedEntry> takeRest() {
        return take(entries.size());
    }

    private List<RejectedEntry> take(int count) {
        List<RejectedEntry> first = entries.subList(0, count);
        List<RejectedEntry> taken = List.copyOf(first);
        first.clear();
        return taken;
    }
}
