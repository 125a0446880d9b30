package io.millrace.server.file;

import io.millrace.spi.format.ReadParts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a scan of files has read and left out. Written by the thread of its query, read after it. */
public final class FileScanReport {

    private int filesRead;
    private int filesSkipped;
    private int partsRead;
    private int partsSkipped;

    void fileSkipped() {
        filesSkipped++;
    }

    void fileRead(@Nullable ReadParts parts) {
        filesRead++;
        if (parts != null) {
            partsRead += parts.read();
            partsSkipped += parts.skipped();
        }
    }

    @Override
    public String toString() {
        String files = String.format(Locale.ROOT, "read %,d of %,d files", filesRead, filesRead + filesSkipped);
        return partsRead + partsSkipped == 0
                ? files
                : files + String.format(Locale.ROOT, ", %,d of %,d row groups", partsRead, partsRead + partsSkipped);
    }
}
