package io.millrace.runtime.match;

import io.millrace.plan.MatchedRows;
import io.millrace.plan.PatternVariable;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the rows of partitions, one after the other, and finds the preferred match. For one thread at a time. */
final class Matcher {

    private final MatchedRows wanted;
    private final PatternProgram program;
    private final NearConditions near;
    private final @Nullable FarCondition[] far;
    private final int timeColumn;
    private final long[] sets;
    private final boolean anyFar;
    private final boolean startsApart;
    private final ThreadList next = new ThreadList();
    private final int[] latest;
    private final int[] latestOf;
    private final int[] visited;
    private int[] before = new int[64];
    private int[] stack = new int[64];
    private long[] turns = new long[64];
    private int depth;
    private int listStamp;
    private int visitStamp;
    private int withTurnsCount;
    private int[] withTurns = new int[16];
    private long[] withTurnsBits = new long[16];

    /** @param timeColumn column of the time that WITHIN is of */
    Matcher(MatchedRows wanted, RowType input, int timeColumn, ExpressionEngine engine) {
        this.wanted = wanted;
        this.program = PatternCompiler.compile(wanted.pattern(), wanted.toEnd());
        this.timeColumn = timeColumn;
        List<PatternVariable> variables = wanted.variables();
        this.near = new NearConditions(variables, engine);
        this.far = new FarCondition[variables.size()];
        VariableSets found = new VariableSets();
        boolean hasFar = false;
        for (int i = 0; i < far.length; i++) {
            if (variables.get(i).condition() != null && !NearConditions.near(variables.get(i), i)) {
                far[i] = new FarCondition(variables, i, found, input, engine);
                hasFar = true;
            }
        }
        this.sets = found.toArray();
        this.anyFar = hasFar;
        this.startsApart = hasFar || wanted.withinMicros() != MatchedRows.ANY_TIME;
        this.latest = new int[program.size()];
        this.latestOf = new int[program.size()];
        this.visited = new int[program.size()];
    }

    /** Returns the sets of variables that histories must know about. */
    long[] sets() {
        return sets;
    }

    NearConditions near() {
        return near;
    }

    /**
     * Takes the next row of a partition.
     *
     * @param last whether it is the last one of the partition
     */
    void take(MatchPartition partition, boolean last, MatchRows rows, EvaluationContext context, RowFailures failures) {
        long position = partition.next;
        ThreadList threads = partition.threads;
        if (!partition.hasBest() && (!wanted.fromStart() || position == 0)) {
            restamp(threads);
            if (follow(0, History.NONE, position, false, threads, partition)) {
                partition.best(position, History.NONE);
            }
        }
        next.clear();
        listStamp++;
        long fitting = partition.fitting(position);
        long earliest = earliestStart(partition, rows.time(timeColumn, partition.row(position)), rows);
        for (int i = 0; i < threads.size(); i++) {
            int place = threads.place(i);
            int variable = program.first(place);
            long start = threads.start(i);
            int node = threads.node(i);
            if ((fitting >>> variable & 1) == 0 || start < earliest) {
                continue;
            }
            FarCondition condition = far[variable];
            if (condition != null && !condition.holds(partition, node, start, position, rows, context, failures)) {
                continue;
            }
            int mapped = partition.history.append(node, variable, program.second(place) == 1);
            if (follow(place + 1, mapped, start, last, next, partition)) {
                partition.best(start, mapped);
                break;
            }
        }
        threads.swap(next);
        partition.next++;
        if (threads.size() == 0 && !partition.hasBest()) {
            partition.history.clear();
        } else {
            partition.compactHistory();
        }
    }

    /** Returns whether more ways to match are open than conditions can be computed for. */
    boolean tooMany(MatchPartition partition) {
        return anyFar && partition.threads.size() > MatchedRows.WAYS_MAX;
    }

    /** Returns the position before which no match can start that a row of a time belongs to. */
    private long earliestStart(MatchPartition partition, long time, MatchRows rows) {
        if (wanted.withinMicros() == MatchedRows.ANY_TIME) {
            return Long.MIN_VALUE;
        }
        long from = time - wanted.withinMicros();
        return startFrom(partition, from > time ? Long.MIN_VALUE : from, rows.column(timeColumn));
    }

    /** Returns the position of the first start of a thread whose row is not before a time. */
    private static long startFrom(MatchPartition partition, long from, Column times) {
        for (int i = 0; i < partition.threads.size(); i++) {
            long start = partition.threads.start(i);
            if (((LongColumn) times).get(partition.row(start)) >= from) {
                return start;
            }
        }
        return Long.MAX_VALUE;
    }

    /** Lets go of the matches that no row from a time on can belong to. */
    void expire(MatchPartition partition, long time, MatchRows rows) {
        if (wanted.withinMicros() == MatchedRows.ANY_TIME || partition.threads.size() == 0) {
            return;
        }
        partition.threads.dropStartsBefore(startFrom(partition, time, rows.column(timeColumn)));
        if (partition.threads.size() == 0 && !partition.hasBest()) {
            partition.history.clear();
        }
    }

    /** Makes a list the one that threads are compared with before they are added. */
    private void restamp(ThreadList threads) {
        listStamp++;
        if (startsApart) {
            // The new start is none that a thread of the list has.
            return;
        }
        for (int i = 0; i < threads.size(); i++) {
            remember(threads.place(i), i);
        }
    }

    private void remember(int place, int index) {
        if (before.length <= index) {
            before = Arrays.copyOf(before, Math.max(index + 1, 2 * before.length));
        }
        before[index] = latestOf[place] == listStamp ? latest[place] : -1;
        latest[place] = index;
        latestOf[place] = listStamp;
    }

    /**
     * Adds the threads that go on from an instruction to a list; returns whether a match is reached, behind which
     * nothing is preferred.
     */
    private boolean follow(int from, int node, long start, boolean atEnd, ThreadList list, MatchPartition partition) {
        visitStamp++;
        withTurnsCount = 0;
        depth = 0;
        push(from, 0);
        while (depth > 0) {
            int place = stack[--depth];
            long open = turns[depth];
            if (seen(place, open)) {
                continue;
            }
            int first = program.first(place);
            int second = program.second(place);
            switch (program.operation(place)) {
                case PatternProgram.ROW -> add(place, node, start, list, partition);
                case PatternProgram.CHOICE -> {
                    push(second, open);
                    push(first, open);
                }
                case PatternProgram.JUMP -> push(first, open);
                case PatternProgram.ENTER -> push(place + 1, open | 1L << first);
                case PatternProgram.REPEAT -> {
                    boolean empty = (open >>> first & 1) != 0;
                    push(empty ? place + 1 : second, open & ~(1L << first));
                }
                case PatternProgram.END -> {
                    if (atEnd) {
                        push(place + 1, open);
                    }
                }
                default -> {
                    return true;
                }
            }
        }
        return false;
    }

    private void push(int place, long open) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, 2 * depth);
            turns = Arrays.copyOf(turns, 2 * depth);
        }
        stack[depth] = place;
        turns[depth++] = open;
    }

    private boolean seen(int place, long open) {
        if (open == 0) {
            boolean known = visited[place] == visitStamp;
            visited[place] = visitStamp;
            return known;
        }
        for (int i = 0; i < withTurnsCount; i++) {
            if (withTurns[i] == place && withTurnsBits[i] == open) {
                return true;
            }
        }
        if (withTurnsCount == withTurns.length) {
            withTurns = Arrays.copyOf(withTurns, 2 * withTurnsCount);
            withTurnsBits = Arrays.copyOf(withTurnsBits, 2 * withTurnsCount);
        }
        withTurns[withTurnsCount] = place;
        withTurnsBits[withTurnsCount++] = open;
        return false;
    }

    private void add(int place, int node, long start, ThreadList list, MatchPartition partition) {
        int known = latestOf[place] == listStamp ? latest[place] : -1;
        for (; known >= 0; known = before[known]) {
            if (startsApart && list.start(known) != start) {
                break;
            }
            if (sameFuture(partition.history, list.node(known), node)) {
                return;
            }
        }
        remember(place, list.size());
        list.add(place, node, start);
    }

    private boolean sameFuture(History history, int one, int other) {
        if (one == other) {
            return true;
        }
        for (FarCondition condition : far) {
            if (condition != null && !condition.same(history, one, other)) {
                return false;
            }
        }
        return true;
    }
}
