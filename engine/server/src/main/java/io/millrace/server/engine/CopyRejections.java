package io.millrace.server.engine;

import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What could not be used of the rows that go into one step. */
final class CopyRejections {

    private final String file;
    private final List<RejectedEntry> entries = new ArrayList<>();

    /** @param file its URL, the source that is told */
    CopyRejections(String file) {
        this.file = file;
    }

    void record(String position, ErrorCode code, String reason, byte[] data) {
        entries.add(new RejectedEntry(file, position, code, reason, data, RowOrigins.NO_ROWTIME));
    }

    void row(String position, ErrorCode code, String reason, RowBatch batch, int row) {
        byte[] text = String.valueOf(JavaValues.row(batch, row)).getBytes(StandardCharsets.UTF_8);
        record(position, code, reason, text);
    }

    /** Returns what there is and forgets it. */
    List<RejectedEntry> take() {
        List<RejectedEntry> taken = List.copyOf(entries);
        entries.clear();
        return taken;
    }
}
