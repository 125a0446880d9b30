package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.operator.StepPlan.ScanPlan;
import io.millrace.runtime.operator.StepPlan.SplitRange;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.PreparedRows;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.RowPreparation;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SourceContent;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the splits of a source; {@link ScanTime} merges what is known of their time. */
public final class ScanOperator extends Operator implements AutoCloseable {

    private static final String LAYOUT = "scan ";

    private final PlanNode.Scan scan;
    private final Source source;
    private final @Nullable SharedScan shared;
    private final ScanInput input;
    private final int[] places;
    private final int index;
    private final boolean bounded;
    private final ScanTime time;
    private final Map<String, ScanSplit> splits = new LinkedHashMap<>();
    private final ScanContent content;
    private @Nullable Step step;
    private @Nullable PreparedRows prepared;
    private ScanPlan plan = new ScanPlan(List.of());
    private int reading;
    private boolean ended = true;
    private long committedBound = NO_BOUND;
    private long bound = NO_BOUND;

    /**
     * @param source of the scan's columns, or of those that are shared
     * @param shared what it reads together with other scans, or null
     * @param index its place among the scans of the plan
     * @param bounded whether nothing follows the first step
     */
    ScanOperator(PlanNode.Scan scan, Source source, @Nullable SharedScan shared, int index, boolean bounded) {
        super(scan.id(), scan.rowType());
        this.scan = scan;
        this.source = source;
        this.shared = shared;
        this.input = new ScanInput(source, shared);
        this.places = shared == null ? new int[0] : shared.places(scan.rowType());
        this.index = index;
        this.bounded = bounded;
        this.time = new ScanTime(scan, bounded);
        this.content = new ScanContent(scan.rowType());
    }

    public Source source() {
        return source;
    }

    /**
     * Has who reads rows ahead prepare them, before the first step. Rows that are read together with other scans are not, as
     * these want other things of them.
     */
    void prepare(Supplier<RowPreparation> preparations) {
        if (shared == null) {
            input.prepare(preparations);
        }
    }

    /** Returns what was made ahead of the rows that came last, or null. */
    @Nullable
    PreparedRows prepared() {
        return prepared;
    }

    /** Returns the name of the stream it reads. */
    public String stream() {
        return scan.stream();
    }

    /** Returns up to where each split has been read. */
    public Map<String, Long> positions() {
        Map<String, Long> positions = new LinkedHashMap<>();
        splits.forEach((name, split) -> positions.put(name, split.position()));
        return positions;
    }

    /**
     * Says where the splits that there are now are read from, before the first step. Where the source gives changes, what
     * it holds comes first, whatever is said: nothing may go that has not come.
     */
    public void start(StartPosition from, long clockMicros) {
        SourceContent begin = time.kept() ? source.content() : null;
        if (begin != null) {
            content.hold(begin.rows());
        }
        for (String name : source.splits()) {
            // What is kept is read whole, wherever the reading of streams starts.
            boolean whole = from == StartPosition.EARLIEST || time.kept();
            long first = whole ? source.firstPosition(name) : source.endPosition(name);
            long position = begin == null ? first : begin.positions().getOrDefault(name, first);
            ScanSplit split = new ScanSplit(input, name, position);
            split.begin(new SplitRange(name, position, position, NO_BOUND, false), clockMicros);
            splits.put(name, split);
        }
    }

    /** Returns whether the next step gives rows that were there when the scan began. */
    public boolean holdsContent() {
        return content.waiting();
    }

    /** Reads ahead and returns what a step would read now. A split that is new is read from its first entry. */
    public ScanPlan readAhead(int entriesMax) {
        List<SplitRange> ranges = new ArrayList<>();
        for (String name : source.splits()) {
            ScanSplit split = splits.computeIfAbsent(name, n -> new ScanSplit(input, n, source.firstPosition(n)));
            // Rows of others meet what is kept as it is, and not the part of it that a step would take else.
            ranges.add(time.kept() ? split.whole(time.keptTime() != null) : split.readAhead(entriesMax));
        }
        return new ScanPlan(ranges);
    }

    /**
     * Reads ahead as a reader that catches up, and returns what a step would read, which may be more than was read ahead.
     *
     * @param ends up to where each split is read; others are not
     * @throws MillraceException {@code POSITION_OUT_OF_RANGE} where entries before that can no longer be read
     */
    public ScanPlan readAheadUntil(Map<String, Long> ends, int entriesMax) {
        List<SplitRange> ranges = new ArrayList<>();
        ends.forEach((name, end) -> {
            ScanSplit split = split(name);
            SplitRange range = split.longAheadUntil(end, entriesMax);
            if (range.from() < end && range.to() == range.from()) {
                throw split.unreadable(end);
            }
            ranges.add(range);
        });
        return new ScanPlan(ranges);
    }

    /**
     * Returns when the rows had all arrived that were read ahead of some split, of the one where that was first: {@code
     * unknown} where rows do not know, and {@link #CLOSED} where nothing was read.
     */
    public long aheadArrivedMicros(long unknown) {
        return splits.values().stream()
                .mapToLong(split -> split.aheadArrivedMicros(unknown))
                .min()
                .orElse(CLOSED);
    }

    /** Leaves out of a step what was read ahead and had not all arrived at a time, for a later step. */
    public ScanPlan arrivedUntil(ScanPlan proposed, long micros, long unknown) {
        return new ScanPlan(proposed.splits().stream()
                .map(range -> {
                    long arrived = split(range).aheadArrivedMicros(unknown);
                    return arrived == CLOSED || arrived <= micros
                            ? range
                            : new SplitRange(range.split(), range.from(), range.from(), NO_BOUND, false);
                })
                .toList());
    }

    /** Returns the step that reads all there is now. */
    public ScanPlan readAll() {
        return new ScanPlan(source.splits().stream()
                .map(name -> new SplitRange(name, source.firstPosition(name), source.endPosition(name), NO_BOUND, true))
                .toList());
    }

    /** Returns the step that reads nothing: where the splits are read up to now. */
    public ScanPlan readNothing() {
        List<SplitRange> ranges = new ArrayList<>();
        positions().forEach((name, at) -> ranges.add(new SplitRange(name, at, at, NO_BOUND, false)));
        return new ScanPlan(ranges);
    }

    /**
     * Checks that a step which was taken in another life can be taken again.
     *
     * @throws MillraceException {@code POSITION_OUT_OF_RANGE} where its entries are no longer kept, or were never there
     */
    public void checkReadable(ScanPlan other) {
        List<String> names = source.splits();
        for (SplitRange range : other.splits()) {
            if (!names.contains(range.split()) || range.from() < source.firstPosition(range.split())) {
                throw new MillraceException(
                        ErrorCode.POSITION_OUT_OF_RANGE,
                        "entries of '" + scan.stream() + "', " + range.split() + ", from " + range.from()
                                + " on are no longer kept",
                        "go on without them with a new query, and give the stream a longer retention");
            }
            if (range.to() > source.endPosition(range.split())) {
                throw new MillraceException(
                        ErrorCode.POSITION_OUT_OF_RANGE,
                        "'" + scan.stream() + "', " + range.split() + ", has no entries up to " + range.to());
            }
        }
    }

    /** Shows the bound as it would be after a step that does this, without taking the step. */
    public void preview(ScanPlan proposed, long clockMicros) {
        bound = Math.max(committedBound, time.merged(proposed, splits, clockMicros));
    }

    /** Returns what is known of the time of each split, after a step; nothing is of changes. */
    public List<SplitTime> splitTimes() {
        return time.ofSplits(plan, splits);
    }

    /** Returns whether the bound may move though no rows come. */
    boolean movesWithTime() {
        return time.movesByItself(splits.size());
    }

    @Override
    public void begin(Step newStep) {
        step = newStep;
        plan = newStep.plan().scans().get(index);
        forgetOthers(plan.splits().stream().map(SplitRange::split).collect(Collectors.toSet()));
        long clock = newStep.plan().clockMicros();
        boolean wakes = time.wakes(plan, splits.values(), clock);
        for (SplitRange range : plan.splits()) {
            splits.computeIfAbsent(range.split(), name -> new ScanSplit(input, name, range.from()))
                    .begin(range, clock);
        }
        if (wakes) {
            splits.values().forEach(split -> split.rowsCame(clock));
        }
        reading = 0;
        ended = false;
    }

    @Override
    protected @Nullable RowBatch produce() {
        Step running = step();
        prepared = null;
        RowBatch held = content.next();
        if (held != null) {
            running.countRows(held.selectedCount());
            return held;
        }
        while (reading < plan.splits().size()) {
            SplitRange range = plan.splits().get(reading);
            ScanSplit split = split(range);
            SourceBatch batch = split.next(range.to());
            if (batch == null) {
                reading++;
                continue;
            }
            running.countRows(batch.rows().selectedCount());
            // Where rows end, the scan that tells of others' entries may stop before it has come to them.
            if (shared == null || bounded || shared.tells(scan)) {
                for (RejectedEntry entry : batch.rejected()) {
                    running.reject(entry);
                }
            }
            if (batch.rows().selectedCount() > 0) {
                RowBatch rows = shared == null ? batch.rows() : ownColumns(batch.rows());
                time.observe(split, rows, running.plan().clockMicros());
                prepared = batch.prepared();
                return rows;
            }
        }
        if (!ended) {
            ended = true;
            committedBound = Math.max(
                    committedBound, time.merged(plan, splits, running.plan().clockMicros()));
            bound = committedBound;
        }
        return null;
    }

    private RowBatch ownColumns(RowBatch rows) {
        Column[] columns = new Column[places.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows.column(places[i]);
        }
        RowBatch own = new RowBatch(rowType(), columns);
        own.size(rows.size());
        own.select(rows.selection(), rows.selectedCount());
        own.weights(rows.weights());
        own.origins(rows.origins());
        return own;
    }

    @Override
    public boolean mayHaveMore() {
        if (content.waiting()) {
            return true;
        }
        for (int i = reading; i < plan.splits().size(); i++) {
            SplitRange range = plan.splits().get(i);
            if (split(range).mayHaveMore(range.to())) {
                return true;
            }
        }
        return false;
    }

    private void forgetOthers(Set<String> names) {
        splits.values().removeIf(split -> {
            boolean gone = !names.contains(split.name());
            if (gone) {
                split.close();
            }
            return gone;
        });
    }

    private Step step() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    private ScanSplit split(SplitRange range) {
        return split(range.split());
    }

    private ScanSplit split(String name) {
        ScanSplit split = splits.get(name);
        if (split == null) {
            throw new IllegalStateException("split " + name + " is not of this step");
        }
        return split;
    }

    @Override
    public long bound(int column) {
        return time.isRowtime(column) ? bound : NO_BOUND;
    }

    @Override
    public long rowtimeBound() {
        return bound;
    }

    @Override
    public boolean holding() {
        return false;
    }

    @Override
    public boolean complete() {
        return bounded && ended && step != null;
    }

    @Override
    public String stateLayout() {
        return LAYOUT + scan.stream();
    }

    /** Returns whether the rows are changes of what a view or a table holds. */
    public boolean givesChanges() {
        return time.kept();
    }

    /**
     * Takes over what another query's scan of the same stream knew of the time of splits, where this one has read what
     * that one had.
     */
    public void learn(StoredScan other) {
        splits.values().forEach(other::tell);
    }

    /** Takes over up to when that scan knew all of its rows to have come, before a step that reads nothing. */
    public void learnBound(StoredScan other) {
        committedBound = Math.max(committedBound, other.bound());
    }

    /** Returns whether stored state of this layout is that of a scan. */
    public static boolean isLayout(String layout) {
        return layout.startsWith(LAYOUT);
    }

    /** Returns the name of the stream whose scan has stored its state in this layout. */
    static String streamOf(String layout) {
        return layout.substring(LAYOUT.length());
    }

    @Override
    public void save(StateWriter out) {
        out.writeLong(committedBound);
        List<ScanSplit> begun =
                splits.values().stream().filter(ScanSplit::begun).toList();
        out.writeInt(begun.size());
        for (ScanSplit split : begun) {
            out.writeText(split.name());
            split.save(out);
        }
        if (time.kept()) {
            content.save(out);
        }
    }

    @Override
    public void load(StateReader in) {
        committedBound = in.readLong();
        bound = committedBound;
        int count = in.readCount(1);
        for (int i = 0; i < count; i++) {
            String name = in.readText();
            splits.put(name, ScanSplit.load(input, name, in));
        }
        if (time.kept()) {
            content.load(in);
        }
    }

    @Override
    public void close() {
        splits.values().forEach(ScanSplit::close);
        source.close();
    }
}
