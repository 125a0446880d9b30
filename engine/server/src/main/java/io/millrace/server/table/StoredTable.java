package io.millrace.server.table;

import io.millrace.runtime.table.TableRows;
import io.millrace.runtime.table.TableVersion;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowBytes;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table: its rows in memory, and their changes in its log. Safe for use by several threads.
 *
 * <p>Statements are computed one after the other, each on what all before it have made of the table. While one group of
 * them is being stored, those that come gather in the next. Whoever reads sees what is stored.
 *
 * <pre>
 *   computed   s1 │ s2 s3 s4 │ s5 …
 *   stored        │ s1       │ s2+s3+s4 │ s5 …
 *   seen                     │ s1       │ s1 … s4
 * </pre>
 */
public final class StoredTable {

    /** Most bytes of rows that one statement may take out and put in. */
    public static final long STATEMENT_BYTES_MAX = 48L << 20;

    /** A snapshot is due after so many changes, and twice as many as there are rows. */
    static final int CHANGES_LEAST = 50_000;

    private static final long LOOK_MILLIS = 2;

    /** Statements are stored together up to about so many bytes. */
    private static final long GROUP_BYTES_MAX = 8L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(StoredTable.class);

    private final String name;
    private final StreamLog stream;
    private final TableLog log;
    private final int changesLeast;
    private final ReentrantLock writing = new ReentrantLock();
    private final TableRows rows;
    private final Object commits = new Object();
    private @Nullable CommitGroup sent;
    private @Nullable CommitGroup gathering;
    private @Nullable MillraceException broken;
    private volatile TableVersion stored;
    private volatile boolean dropped;

    private StoredTable(String name, StreamLog stream, TableLog log, TableRows rows, int changesLeast) {
        this.name = name;
        this.stream = stream;
        this.log = log;
        this.rows = rows;
        this.changesLeast = changesLeast;
        this.stored = rows.version();
    }

    /**
     * Opens a table.
     *
     * @param stream its log, of one shard
     * @param key places of the columns of its primary key
     * @throws MillraceException {@code DATA_CORRUPTED} where the log is not whole
     */
    static StoredTable open(String name, StreamLog stream, RowType type, List<Integer> key, int changesLeast) {
        ShardLog shard = stream.shards().getFirst();
        TableLoad load = new TableLoad(name, shard, type);
        TableRows rows = new TableRows(name, type, key);
        rows.change(new int[0], load.rows());
        TableLog log = new TableLog(shard, type, load.snapshots(), load.changes());
        return new StoredTable(name, stream, log, rows, changesLeast);
    }

    /** Returns the log of its changes. */
    public StreamLog log() {
        return stream;
    }

    /** Returns the table as it is stored now. */
    public TableVersion version() {
        checkThere();
        return stored;
    }

    /** Says that a key was not looked for. */
    public static final int NOT_LOOKED = -2;

    /**
     * Looks for the row with a key in a version, by the index, where that is the index's own.
     *
     * @param key one row of the columns of the primary key
     * @return its slot, −1 where there is none, or {@link #NOT_LOOKED}: while others write, the index is ahead of what
     *     is stored
     */
    public int find(TableVersion version, RowBatch key) {
        boolean own = writing.isHeldByCurrentThread();
        if (!locked()) {
            return NOT_LOOKED;
        }
        try {
            return own || isLatest(version) ? rows.find(key) : NOT_LOOKED;
        } finally {
            writing.unlock();
        }
    }

    /** Whoever only looks waits for others that look, and not for a statement that takes its time. */
    private boolean locked() {
        try {
            return writing.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @SuppressWarnings("ReferenceEquality") // versions are told apart by what they are, not by what is in them
    private boolean isLatest(TableVersion version) {
        synchronized (commits) {
            return version == stored && sent == null && gathering == null && broken == null;
        }
    }

    /** Returns its rows and their changes, as the source of a scan that goes on. */
    public Source changes(RowType columns) {
        checkThere();
        return new TableSource(log, columns);
    }

    /**
     * Carries out a statement: all of it is stored when this returns, or nothing is where it fails.
     *
     * @param statement computes the changes of the table that it is given; its rows are found by key in the other
     * @return what the statement changed
     * @throws MillraceException {@code DUPLICATE_KEY}, {@code LIMIT_EXCEEDED}, what the statement throws, and what
     *     keeps changes from being stored
     */
    public TableChanges write(BiFunction<TableVersion, TableRows, TableChanges> statement) {
        TableChanges changes;
        CommitGroup group;
        boolean leads = false;
        writing.lock();
        try {
            checkThere();
            settle();
            TableVersion before = rows.version();
            changes = statement.apply(before, rows);
            long bytes = bytes(before, changes);
            if (changes.none()) {
                group = last();
            } else {
                awaitRoom(bytes);
                rows.change(changes.removed(), changes.added());
                synchronized (commits) {
                    failIfBroken();
                    group = gathering;
                    if (group == null) {
                        group = new CommitGroup(before, sent);
                        gathering = group;
                        leads = true;
                    }
                    group.add(changes.removed(), rows.version(), bytes);
                }
            }
        } finally {
            writing.unlock();
        }
        if (group != null) {
            if (leads) {
                store(group);
            }
            await(group);
        }
        return changes;
    }

    /** Returns about how many bytes rows take. */
    public static long bytes(RowBatch rows) {
        return RowBytes.of(rows);
    }

    private long bytes(TableVersion before, TableChanges changes) {
        RowBatch taken = before.slots();
        long bytes = RowBytes.of(changes.added());
        for (int slot : changes.removed()) {
            bytes += RowBytes.of(taken, slot);
        }
        if (bytes > STATEMENT_BYTES_MAX) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the statement changes " + bytes + " bytes of table '" + name + "', the most is "
                            + STATEMENT_BYTES_MAX,
                    "change fewer rows at a time");
        }
        return bytes;
    }

    /** Stores a group, once the one before it is stored. */
    private void store(CommitGroup group) {
        if (group.before() != null) {
            group.before().done().handle((nothing, failure) -> null).join();
        }
        synchronized (commits) {
            if (group.failure() != null) {
                return;
            }
            gathering = null;
            sent = group;
        }
        try {
            log.append(group.went(), group.came()).join();
        } catch (CompletionException e) {
            fail(group, e.getCause() instanceof MillraceException known ? known : unforeseen(e.getCause()));
            return;
        } catch (RuntimeException e) {
            fail(group, unforeseen(e));
            throw e;
        }
        synchronized (commits) {
            stored = group.latest();
            sent = null;
        }
        group.done().complete(null);
    }

    /** What was computed on what could not be stored is void as well. */
    private void fail(CommitGroup group, MillraceException reason) {
        CommitGroup following;
        synchronized (commits) {
            broken = reason;
            sent = null;
            following = gathering;
            gathering = null;
            if (following != null) {
                following.failure(reason);
            }
        }
        group.done().completeExceptionally(reason);
        if (following != null) {
            following.done().completeExceptionally(reason);
        }
    }

    private MillraceException unforeseen(@Nullable Throwable cause) {
        return new MillraceException(
                ErrorCode.INTERNAL, "changes of table '" + name + "' cannot be stored: " + cause, null, cause);
    }

    private static void await(CommitGroup group) {
        try {
            group.done().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof MillraceException reason) {
                throw new MillraceException(reason.code(), String.valueOf(reason.getMessage()), reason.hint(), reason);
            }
            throw e;
        }
    }

    private void failIfBroken() {
        if (broken != null) {
            throw new MillraceException(
                    broken.code(),
                    "a change of table '" + name + "' before this one could not be stored: " + broken.getMessage(),
                    "repeat the statement",
                    broken);
        }
    }

    private @Nullable CommitGroup last() {
        synchronized (commits) {
            return gathering != null ? gathering : sent;
        }
    }

    private void awaitRoom(long bytes) {
        CommitGroup group = last();
        if (group != null && group.bytes() + bytes > GROUP_BYTES_MAX) {
            awaitStored();
        }
    }

    /** Waits until nothing is on its way; nothing new can come while {@link #writing} is held. */
    private void awaitStored() {
        CommitGroup group = last();
        while (group != null) {
            group.done().handle((nothing, failure) -> null).join();
            group = last();
        }
    }

    /** Makes the rows in memory what is stored where something could not be, and does what is due. */
    private void settle() {
        boolean snapshotDue = log.changesSinceSnapshot() > Math.max(changesLeast, 2L * rows.rowCount());
        if (rows.wasteful() || snapshotDue) {
            awaitStored();
        }
        synchronized (commits) {
            if (broken != null) {
                rows.restore(stored);
                broken = null;
                stored = rows.version();
            }
        }
        if (rows.wasteful() && last() == null) {
            rows.closeUp();
            stored = rows.version();
        }
        if (snapshotDue && last() == null) {
            writeSnapshot();
        }
    }

    private void writeSnapshot() {
        try {
            log.writeSnapshot(rows.version());
        } catch (MillraceException e) {
            LOG.warn("table '{}' goes on without a snapshot: {}", name, e.describe());
        }
    }

    /** Says that the table is no more. */
    void drop() {
        dropped = true;
    }

    private void checkThere() {
        if (dropped) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "table '" + name + "' was dropped");
        }
    }
}
