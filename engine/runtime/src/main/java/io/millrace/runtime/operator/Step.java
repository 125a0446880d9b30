package io.millrace.runtime.operator;

import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A step while it runs: what it is to do, and what it finds out by the way. For one thread. */
public final class Step {

    private final StepPlan plan;
    private final EvaluationContext context;
    private final BooleanSupplier cancelled;
    private final Consumer<RejectedEntry> rejections;
    private final boolean failing;
    private final StepAnswers answers;
    /** What a part has rejected. */
    private final List<RejectedEntry> kept;

    private long rowsIn;
    private long lateRows;
    private long rejectedRows;

    /**
     * @param rejections takes what could not be used, at once
     * @param cancelled asked now and then; a step that is cancelled fails
     * @param failing whether the step fails with the first row that cannot be computed. Entries that cannot be read
     *     are rejected in any case.
     */
    public Step(
            StepPlan plan,
            EvaluationContext context,
            Consumer<RejectedEntry> rejections,
            BooleanSupplier cancelled,
            boolean failing) {
        this(plan, context, rejections, cancelled, failing, StepAnswers.unnoted());
    }

    /**
     * A step that other systems are asked in; the rest as with the other constructor.
     *
     * @param answers asks them, or tells what they answered
     */
    public Step(
            StepPlan plan,
            EvaluationContext context,
            Consumer<RejectedEntry> rejections,
            BooleanSupplier cancelled,
            boolean failing,
            StepAnswers answers) {
        this(plan, context, rejections, cancelled, failing, answers, new ArrayList<>());
    }

    private Step(
            StepPlan plan,
            EvaluationContext context,
            Consumer<RejectedEntry> rejections,
            BooleanSupplier cancelled,
            boolean failing,
            StepAnswers answers,
            List<RejectedEntry> kept) {
        this.plan = plan;
        this.context = context;
        this.rejections = rejections;
        this.cancelled = cancelled;
        this.failing = failing;
        this.answers = answers;
        this.kept = kept;
    }

    /** Returns a step for another thread that does a part of the work. What it rejects it keeps for {@link #gather}. */
    Step part() {
        List<RejectedEntry> ofPart = new ArrayList<>();
        return new Step(plan, context, ofPart::add, cancelled, failing, answers, ofPart);
    }

    /** Returns the same step at another time. */
    Step at(long clockMicros) {
        return new Step(plan.at(clockMicros), context, rejections, cancelled, failing, answers, kept);
    }

    /** Takes over what a part has counted and rejected since it was last asked. */
    void gather(Step part) {
        lateRows += part.lateRows;
        part.lateRows = 0;
        part.rejectedRows = 0;
        if (!part.kept.isEmpty()) {
            List<RejectedEntry> entries = List.copyOf(part.kept);
            part.kept.clear();
            entries.forEach(this::reject);
        }
    }

    StepAnswers answers() {
        return answers;
    }

    public StepPlan plan() {
        return plan;
    }

    public EvaluationContext context() {
        return context;
    }

    /** Returns how many entries and rows could not be used, late ones among them. */
    public long rejectedRows() {
        return rejectedRows;
    }

    /** Returns how many rows scans have read. */
    public long rowsIn() {
        return rowsIn;
    }

    /** Returns how many rows came too late for a window. */
    public long lateRows() {
        return lateRows;
    }

    void countRows(int rows) {
        rowsIn += rows;
        checkCancelled();
    }

    /** Fails where the query was cancelled. */
    void checkCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new MillraceException(ErrorCode.CANCELLED, "the query was cancelled");
        }
    }

    void reject(RejectedEntry entry) {
        rejectedRows++;
        rejections.accept(entry);
    }

    /** Rejects a row that cannot be computed. */
    void reject(String origin, RowBatch batch, int row, ErrorCode code, String reason) {
        if (failing) {
            throw new MillraceException(code, reason);
        }
        rejectRow(origin, batch, row, code, reason);
    }

    private void rejectRow(String origin, RowBatch batch, int row, ErrorCode code, String reason) {
        reject(RejectedRow.of(origin, batch, row, code, reason));
    }

    void rejectLate(String origin, RowBatch batch, int row, String reason) {
        lateRows++;
        rejectRow(origin, batch, row, ErrorCode.LATE_ROW, reason);
    }

    /** Rejects a row that lies in no window, since it has no time. */
    void rejectTimeless(String origin, RowBatch batch, int row, String reason) {
        rejectRow(origin, batch, row, ErrorCode.NULL_NOT_ALLOWED, reason);
    }
}
