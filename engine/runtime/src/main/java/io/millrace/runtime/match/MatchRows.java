package io.millrace.runtime.match;

import io.millrace.plan.AfterMatch;
import io.millrace.plan.MatchValue;
import io.millrace.plan.MatchedRows;
import io.millrace.plan.PatternVariable;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.over.RowStore;
import io.millrace.runtime.over.WaitingRows;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.IdleGroups;
import io.millrace.runtime.state.RowOrder;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.runtime.state.TimeHeap;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that a row pattern is looked for in. Rows wait until it is known that none comes before them, then enter
 * their partitions in order. For one thread at a time.
 */
public final class MatchRows {

    private static final long NEVER = Long.MAX_VALUE;

    private final MatchedRows wanted;
    private final boolean endless;
    private final int timeColumn;
    private final RowOrder order;
    private final RowStore store;
    private final GroupTable table;
    private final int[] keys;
    private final Matcher matcher;
    private final MatchOutput output;
    private final long back;
    private final long ahead;
    private final boolean numbered;
    private final IdleGroups idle;
    private final WaitingRows waiting = new WaitingRows();
    private final GroupedRows entering = new GroupedRows();
    private final ArrayDeque<MatchPartition> work = new ArrayDeque<>();
    private final TimeHeap open = new TimeHeap();
    private @Nullable MatchPartition[] partitions = {};
    private long bound = Long.MIN_VALUE;
    private boolean complete;
    private boolean unjudged;

    /**
     * @param endless whether rows are dropped when nothing needs them any more
     * @param ttlMicros how long a partition is kept in which no rows come, 0 for ever
     */
    public MatchRows(PlanNode.Match node, boolean endless, long ttlMicros, ExpressionEngine engine) {
        RowType input = node.input().rowType();
        this.wanted = node.rows();
        this.endless = endless;
        this.timeColumn = node.order().isEmpty() ? -1 : node.order().getFirst().column();
        this.order = RowOrder.by(node.order());
        this.store = new RowStore(input);
        this.table = GroupTable.create(input, node.partition());
        this.keys = node.partition().stream().mapToInt(Integer::intValue).toArray();
        this.matcher = new Matcher(wanted, input, timeColumn, engine);
        this.output = new MatchOutput(node, engine);
        this.back = -Math.min(0, offsets(node).min(Long::compare).orElse(0L));
        this.ahead = Math.max(0, offsets(node).max(Long::compare).orElse(0L));
        this.idle = new IdleGroups(ttlMicros);
        this.numbered = values(node).anyMatch(MatchValue.MatchNumber.class::isInstance);
    }

    private static Stream<MatchValue> values(PlanNode.Match node) {
        return Stream.concat(
                node.values().stream(),
                node.rows().variables().stream().map(PatternVariable::values).flatMap(values -> values.stream()));
    }

    private static Stream<Long> offsets(PlanNode.Match node) {
        return values(node).map(value -> switch (value) {
            case MatchValue.At at -> at.place().offset();
            case MatchValue.Exists e -> e.place().offset();
            case MatchValue.Classifier c -> c.place().offset();
            default -> 0L;
        });
    }

    /** Returns the rows that are here. */
    public RowBatch rows() {
        return store.rows();
    }

    Column column(int index) {
        return store.rows().column(index);
    }

    long time(int column, int row) {
        return column < 0 || !(column(column) instanceof LongColumn times) ? 0 : times.get(row);
    }

    /** Takes rows that wait to enter. */
    public void add(RowBatch batch) {
        waiting.add(store.rows().size(), batch.selectedCount());
        store.append(batch);
    }

    public boolean hasWaiting() {
        return waiting.count() > 0;
    }

    /** Returns the least time of a row that waits. */
    public long waitingTime() {
        return waiting.leastTime(row -> time(timeColumn, row));
    }

    /** Lets all rows enter; no other comes. */
    public void enterAll() {
        complete = true;
        enter(waiting.takeAll(), 0);
        for (MatchPartition partition : partitions) {
            if (partition != null) {
                list(partition);
            }
        }
    }

    /** Lets the rows with a time before the bound enter; none with an earlier time comes. */
    public void enterBefore(long newBound, long clockMicros) {
        bound = newBound;
        enter(waiting.takeBefore(bound, row -> time(timeColumn, row)), clockMicros);
        if (idle.due(clockMicros)) {
            endIdle();
        }
        if (wanted.withinMicros() != MatchedRows.ANY_TIME) {
            listExpired();
        }
    }

    /** Ends the partitions in which no rows have come for long: what can match with the rows that are here matches. */
    private void endIdle() {
        waiting.spare(store.rows(), table, keys, idle);
        for (MatchPartition partition : partitions) {
            if (partition != null && idle.idle(partition.number)) {
                partition.ending = true;
                list(partition);
            }
        }
    }

    private void enter(int[] rows, long clockMicros) {
        int count = rows.length;
        if (count == 0) {
            return;
        }
        order.sort(store.rows(), rows, count);
        entering.start(store.rows(), count, 0);
        System.arraycopy(rows, 0, entering.rows(), 0, count);
        table.find(entering);
        if (partitions.length < table.size()) {
            partitions = Arrays.copyOf(partitions, Math.max(table.size(), 2 * partitions.length));
        }
        for (int i = 0; i < count; i++) {
            int number = entering.groups()[i];
            MatchPartition partition = partitions[number];
            if (partition == null) {
                partition = new MatchPartition(number, matcher.sets());
                partitions[number] = partition;
            }
            if (idle.forgets()) {
                idle.touch(number, clockMicros);
            }
            partition.append(rows[i]);
            list(partition);
        }
    }

    private void list(MatchPartition partition) {
        unjudged = true;
        if (!partition.listed) {
            partition.listed = true;
            work.add(partition);
        }
    }

    private void listExpired() {
        long last = lastExpired();
        for (long time = leastOpenTime(); time < last; time = leastOpenTime()) {
            MatchPartition partition = partitions[open.firstNumber()];
            open.removeFirst();
            if (partition != null) {
                partition.notedTime = MatchPartition.NOT_NOTED;
                list(partition);
            }
        }
    }

    /** Returns the time before which a match must have started to be too old for all rows that come. */
    private long lastExpired() {
        long time = bound - wanted.withinMicros();
        return time > bound ? Long.MIN_VALUE : time;
    }

    /** Returns the time of the first row of an open match that time alone may decide on, or the greatest time. */
    public long leastExpiringTime() {
        return wanted.withinMicros() != MatchedRows.ANY_TIME && ahead == 0 ? leastOpenTime() : NEVER;
    }

    /** Returns whether a match that began at a time is too old for all rows that come, once the bound is this. */
    public boolean expires(long startTime, long newBound) {
        return startTime != NEVER && newBound != Long.MIN_VALUE && startTime < newBound - wanted.withinMicros();
    }

    /** Returns whether partitions end in which no rows come for long. */
    public boolean forgets() {
        return idle.forgets();
    }

    /** Returns the time of the first step in which a partition may end for that, or the greatest time. */
    public long endingMicros() {
        return idle.firstIdleMicros(table.size(), table::live);
    }

    /** Returns the time of the first row that an open match has or may have, or the greatest time. */
    public long leastOpenTime() {
        while (!open.isEmpty()) {
            int number = open.firstNumber();
            MatchPartition partition = partitions[number];
            boolean current = partition != null && partition.notedTime == open.firstTime();
            long time = current ? openTime(partition) : NEVER;
            if (current && time == open.firstTime()) {
                return time;
            }
            open.removeFirst();
            if (current) {
                partition.notedTime = MatchPartition.NOT_NOTED;
                note(partition, time);
            }
        }
        return NEVER;
    }

    private void note(MatchPartition partition, long time) {
        if (time != NEVER && partition.notedTime == MatchPartition.NOT_NOTED) {
            partition.notedTime = time;
            open.add(time, partition.number);
        }
    }

    private long openTime(MatchPartition partition) {
        long from = partition.openFrom();
        return partition.has(from) ? time(timeColumn, partition.row(from)) : NEVER;
    }

    /** Returns whether {@link #work} has something to do. */
    public boolean hasWork() {
        return !work.isEmpty();
    }

    /** Looks for matches until there are so many rows of them, or there is nothing more to do; returns them or null. */
    public @Nullable RowBatch work(int rowsMax, EvaluationContext context, RowFailures failures) {
        output.clear();
        if (unjudged) {
            judge(context, failures);
        }
        while (!work.isEmpty() && output.size() < rowsMax) {
            MatchPartition partition = work.getFirst();
            run(partition, rowsMax, context, failures);
            if (output.size() < rowsMax) {
                work.removeFirst();
                partition.listed = false;
                done(partition);
            }
        }
        return output.size() == 0 ? null : output.rows(context, failures);
    }

    private void judge(EvaluationContext context, RowFailures failures) {
        unjudged = false;
        for (MatchPartition partition : work) {
            matcher.near().judge(partition, limit(partition), this, context, failures);
        }
        matcher.near().compute(this, context, failures);
    }

    /** Returns the position up to which rows can be taken, all that they look ahead to being here. */
    private long limit(MatchPartition partition) {
        return ended(partition) ? partition.end() : Math.max(partition.judged, partition.end() - ahead);
    }

    private boolean ended(MatchPartition partition) {
        return complete || partition.ending;
    }

    private void run(MatchPartition partition, int rowsMax, EvaluationContext context, RowFailures failures) {
        long limit = limit(partition);
        while (output.size() < rowsMax) {
            while (partition.next < limit && !decided(partition)) {
                boolean last = ended(partition) && partition.next == partition.end() - 1;
                matcher.take(partition, last, this, context, failures);
                giveUpTooMany(partition, failures);
            }
            if (ended(partition) && partition.next == partition.end()) {
                partition.threads.clear();
            } else if (partition.next == partition.end()) {
                matcher.expire(partition, lastExpired(), this);
            }
            if (!settle(partition, rowsMax, failures) || !decided(partition)) {
                return;
            }
            put(partition, failures);
        }
    }

    /**
     * Puts rows out that are now known to be in no match, where they are wanted: no match that begins before the first
     * open one can come. Returns whether there was room for all.
     */
    private boolean settle(MatchPartition partition, int rowsMax, RowFailures failures) {
        if (!wanted.unmatched()) {
            return true;
        }
        long until = partition.openFrom();
        while (partition.settled < until && output.size() < rowsMax) {
            output.addUnmatched(partition, partition.settled++, this, failures);
        }
        return partition.settled >= until;
    }

    private static boolean decided(MatchPartition partition) {
        return partition.threads.size() == 0 && partition.hasBest();
    }

    private void put(MatchPartition partition, RowFailures failures) {
        FoundMatch match = output.add(partition, this, failures);
        long start = match.start();
        long target = target(match);
        partition.settled = Math.max(partition.settled, start + Math.max(1, match.length()));
        partition.forget();
        partition.matches++;
        partition.next = target > start ? target : start + 1;
        if (target <= start) {
            String names = String.join(
                    ", ",
                    wanted.after().variables().stream()
                            .map(v -> wanted.variables().get(v).name())
                            .toList());
            failures.report(
                    partition.row(start),
                    ErrorCode.INVALID_VALUE,
                    target == FoundMatch.NOWHERE
                            ? "AFTER MATCH SKIP TO " + names + ", and the match has no row of it"
                            : "AFTER MATCH SKIP TO " + names
                                    + " would look for the same match again: it is the match's first row");
        }
    }

    private long target(FoundMatch match) {
        if (match.length() == 0) {
            return match.start() + 1;
        }
        AfterMatch after = wanted.after();
        return switch (after.target()) {
            case PAST_LAST_ROW -> match.start() + match.length();
            case NEXT_ROW -> match.start() + 1;
            case FIRST -> first(match, VariableSets.bits(after.variables()));
            case LAST -> last(match, VariableSets.bits(after.variables()));
        };
    }

    private static long first(FoundMatch match, long set) {
        for (int i = 0; i < match.length(); i++) {
            if (match.belongs(i, set)) {
                return match.start() + i;
            }
        }
        return FoundMatch.NOWHERE;
    }

    private static long last(FoundMatch match, long set) {
        for (int i = match.length() - 1; i >= 0; i--) {
            if (match.belongs(i, set)) {
                return match.start() + i;
            }
        }
        return FoundMatch.NOWHERE;
    }

    private void giveUpTooMany(MatchPartition partition, RowFailures failures) {
        boolean rows = endless && partition.next - partition.openFrom() > MatchedRows.ROWS_MAX;
        if (!rows && !matcher.tooMany(partition)) {
            return;
        }
        int row = partition.row(partition.openFrom());
        partition.forget();
        failures.report(
                row,
                ErrorCode.LIMIT_EXCEEDED,
                rows
                        ? "the matches that began here and behind were given up: they are open for more than "
                                + MatchedRows.ROWS_MAX + " rows; bound them by WITHIN or a stricter pattern"
                        : "the matches that began here and behind were given up: there are more than "
                                + MatchedRows.WAYS_MAX
                                + " ways to match them that differ in what conditions look back at; write the pattern"
                                + " so that a row fits fewer variables");
    }

    /** Drops what nothing needs any more, and notes the time of what is open. */
    private void done(MatchPartition partition) {
        if (!endless) {
            return;
        }
        long needed = wanted.unmatched() ? Math.min(partition.openFrom(), partition.settled) : partition.openFrom();
        store.free(partition.dropBefore(Math.max(0, needed - back)));
        boolean empty = partition.first() == partition.end() && partition.threads.size() == 0;
        if (partition.ending || (empty && !numbered)) {
            store.free(partition.dropBefore(partition.end()));
            table.remove(partition.number);
            partitions[partition.number] = null;
        } else {
            note(partition, openTime(partition));
        }
    }

    /** Takes the memory of dropped rows back. */
    public void compact() {
        if (!store.mostlyFreed()) {
            return;
        }
        RowBatch old = store.renew();
        for (MatchPartition partition : partitions) {
            if (partition != null) {
                partition.renumber(row -> store.move(old, row));
            }
        }
        waiting.renumber(row -> store.move(old, row));
    }

    /** Returns what forgetting adds to the layout of state. */
    public String layout() {
        return idle.layout();
    }

    /** Stores everything, between steps. */
    public void save(StateWriter out) {
        table.save(out);
        idle.save(table.size(), out);
        for (int number = 0; number < table.size(); number++) {
            MatchPartition partition = table.live(number) ? partitions[number] : null;
            if (partition != null) {
                partition.save(store, out);
            }
        }
        out.writeInt(waiting.count());
        for (int i = 0; i < waiting.count(); i++) {
            store.save(waiting.row(i), out);
        }
    }

    /** Takes back what {@link #save} stored; nothing is here before. */
    public void load(StateReader in) {
        table.load(in);
        idle.load(table.size(), in);
        partitions = new MatchPartition[table.size()];
        for (int number = 0; number < table.size(); number++) {
            if (table.live(number)) {
                MatchPartition partition = new MatchPartition(number, matcher.sets());
                partition.load(store, in);
                partitions[number] = partition;
                note(partition, openTime(partition));
            }
        }
        int count = in.readCount(1);
        for (int i = 0; i < count; i++) {
            waiting.add(store.load(in), 1);
        }
    }
}
