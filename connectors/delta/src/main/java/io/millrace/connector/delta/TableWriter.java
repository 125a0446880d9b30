package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.DeliveredEnds;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FileSummary;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Makes the entries of a delivery in a table's log. For one thread at a time. */
final class TableWriter {

    /**
     * How old what is known of the log may be. Entries are deleted once they are old, and who takes the number of such a
     * one for free makes an entry that nobody reads; so this is far less than {@link DeltaSettings#LOG_RETENTION_MIN}.
     */
    private static final Duration STALE = Duration.ofMinutes(5);

    private final TableLog log;
    private final WantedTable wanted;
    private final TableSetup setup;
    private final List<String> partitionColumns;
    private TableState state;
    private Instant known;

    /** Which of the delivery's lives this is; 0 until it has written. */
    private long life;

    /** Finds what a file says of itself. */
    @FunctionalInterface
    interface Summaries {
        FileSummary of(String name) throws IOException;
    }

    /** Opens the table, made where it is missing, with columns for all that are delivered. */
    TableWriter(TableLog log, WantedTable wanted, TableSetup setup) throws IOException {
        this.log = log;
        this.wanted = wanted;
        this.setup = setup;
        this.known = setup.clock().instant();
        TableState found = log.read();
        this.state = fitted(found == null ? created() : found);
        this.partitionColumns = state.partitionColumns();
    }

    private TableState created() throws IOException {
        log.create(0, TableLog.lines(wanted.creation(setup.clock().instant())));
        TableState made = log.read();
        if (made == null) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "table '" + log.table() + "' was made, and is not there",
                    "see whether somebody deletes in its folder");
        }
        return made;
    }

    private TableState fitted(TableState found) throws IOException {
        TableState at = found;
        for (List<ObjectNode> change = wanted.change(at, known); !change.isEmpty(); change = wanted.change(at, known)) {
            log.create(at.version() + 1, TableLog.lines(change));
            at = log.read(at);
        }
        return at;
    }

    TableState state() {
        return state;
    }

    /** Adds files, those that the table has already left out, and notes with them how far it has the delivery. */
    void append(List<CommittedFile> files, Summaries summaries) throws IOException {
        Instant now = setup.clock().instant();
        if (Duration.between(known, now).compareTo(STALE) > 0 || !log.has(state)) {
            read(now);
        }
        while (true) {
            if (life > 0 && state.lives(setup.identity()) > life) {
                throw DeliveredEnds.replaced(log.table());
            }
            List<CommittedFile> missing = state.ends(setup.identity()).missing(files);
            if (missing.isEmpty()) {
                return;
            }
            long by = life > 0 ? life : state.lives(setup.identity()) + 1;
            byte[] entry = TableLog.lines(entry(missing, by, summaries));
            if (log.create(state.version() + 1, entry)) {
                state = LogReplay.after(state, entry, log.table());
                known = now;
                life = by;
                return;
            }
            readOthers(now);
        }
    }

    private void readOthers(Instant now) throws IOException {
        long before = state.version();
        read(now);
        if (state.version() == before) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "entry " + (before + 1) + " of the log of table '" + log.table() + "' is there, and cannot be read",
                    "the next attempt looks again");
        }
    }

    private void read(Instant now) throws IOException {
        TableState before = state;
        state = log.read(before);
        known = now;
        if (!state.metadata().equals(before.metadata()) || !state.protocol().equals(before.protocol())) {
            checkUnchanged();
        }
    }

    /** Files that lie ready are as the table was; columns that others have added meanwhile do no harm. */
    private void checkUnchanged() {
        if (!state.partitionColumns().equals(partitionColumns)
                || !wanted.change(state, known).isEmpty()) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE,
                    "table '" + log.table() + "' has other columns, or is parted otherwise, since the delivery began",
                    "make the delivery anew, or put the columns back");
        }
    }

    private List<ObjectNode> entry(List<CommittedFile> files, long by, Summaries summaries) throws IOException {
        Instant now = setup.clock().instant();
        List<ObjectNode> actions = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        for (CommittedFile file : files) {
            FileSummary summary = summaries.of(file.name());
            rows += summary.rows();
            bytes += summary.bytes();
            actions.add(add(file.name(), summary, now));
        }
        actions.addFirst(CommitInfo.ofAppend(now, files.size(), rows, bytes));
        actions.add(transaction(TableState.writer(setup.identity()), by, now));
        Map<String, Long> ends = state.ends(setup.identity()).with(files).ends();
        for (String split :
                new TreeSet<>(files.stream().map(CommittedFile::split).toList())) {
            actions.add(transaction(
                    TableState.split(setup.identity(), split), ends.getOrDefault(split, Long.MIN_VALUE), now));
        }
        return actions;
    }

    private ObjectNode add(String name, FileSummary summary, Instant now) {
        FileNote note = FileNote.of(summary, name);
        note.checkFits(state, name, log.table());
        ObjectNode action = Json.object();
        ObjectNode add = action.putObject("add").put("path", path(name));
        add.set("partitionValues", note.partition());
        add.put("size", summary.bytes())
                .put("modificationTime", now.toEpochMilli())
                .put("dataChange", true)
                .put("stats", FileStatistics.of(summary, note, state.schema()));
        return action;
    }

    /** Returns a name as a URL that is relative to the table's; one that begins like another scheme is none. */
    static String path(String name) {
        try {
            return new URI(null, null, "/" + name, null)
                    .getRawPath()
                    .substring(1)
                    .replace(":", "%3A");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + name + "' is no file name", e);
        }
    }

    private static ObjectNode transaction(String application, long version, Instant now) {
        ObjectNode action = Json.object();
        action.putObject("txn")
                .put("appId", application)
                .put("version", version)
                .put("lastUpdated", now.toEpochMilli());
        return action;
    }
}
