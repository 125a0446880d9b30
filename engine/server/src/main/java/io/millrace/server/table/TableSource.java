package io.millrace.server.table;

import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;

/** A table's changes as the source of a scan that goes on: its log as one split, positions are indexes. */
final class TableSource implements Source {

    private final TableLog log;
    private final RowType wanted;
    private final List<Subscription> subscriptions = new ArrayList<>();

    /** @param wanted the columns wanted, by name */
    TableSource(TableLog log, RowType wanted) {
        this.log = log;
        this.wanted = wanted;
    }

    @Override
    public List<String> splits() {
        return List.of(log.shard().description().id());
    }

    @Override
    public long firstPosition(String split) {
        return log.freshPosition();
    }

    @Override
    public long endPosition(String split) {
        return log.endPosition();
    }

    @Override
    public SplitReader open(String split, long position) {
        return new TableSplitReader(log, position, wanted);
    }

    @Override
    public long idleBound(String split, long position) {
        return Long.MIN_VALUE;
    }

    @Override
    public synchronized Subscription onAvailable(Runnable listener) {
        Subscription subscription = log.shard().onAppend(listener);
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public synchronized void close() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
    }
}
