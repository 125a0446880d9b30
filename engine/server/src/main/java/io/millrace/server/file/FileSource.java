package io.millrace.server.file;

import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.type.DataType.RowType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files as the source of a bounded scan: one split each, whose positions are its rows so far, and at its end whatever
 * {@link #endPosition} says, which is exact only where a file says how many rows it has.
 */
public final class FileSource implements Source {

    private final FileRelation relation;
    private final RowType wanted;
    private final List<ColumnBounds> bounds;
    private final Map<String, Long> ends = new LinkedHashMap<>();
    private final FileScanReport report = new FileScanReport();

    /**
     * @param wanted the columns wanted
     * @param bounds what is asked of the rows
     */
    FileSource(FileRelation relation, RowType wanted, List<ColumnBounds> bounds) {
        this.relation = relation;
        this.wanted = wanted;
        this.bounds = bounds;
        for (FoundFile file : relation.files()) {
            if (relation.excluded(file, bounds)) {
                report.fileSkipped();
            } else {
                ends.put(file.url(), relation.estimate(file));
            }
        }
    }

    /** Returns what was read so far. */
    public FileScanReport report() {
        return report;
    }

    @Override
    public List<String> splits() {
        return List.copyOf(ends.keySet());
    }

    @Override
    public long firstPosition(String split) {
        return 0;
    }

    @Override
    public long endPosition(String split) {
        return ends.getOrDefault(split, 0L);
    }

    @Override
    public SplitReader open(String split, long position) {
        if (position != 0) {
            throw new IllegalArgumentException("files are read from their beginning");
        }
        return new FileSplitReader(relation.open(split, wanted, bounds), endPosition(split), report);
    }

    @Override
    public long idleBound(String split, long position) {
        return Long.MAX_VALUE;
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return () -> {};
    }

    @Override
    public void close() {
        relation.release();
    }
}
