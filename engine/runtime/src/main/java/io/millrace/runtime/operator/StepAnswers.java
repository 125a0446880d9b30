package io.millrace.runtime.operator;

import io.millrace.runtime.state.RowCodec;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.RowLookup.Keeping;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What other systems answered in a step, and what was to be kept of it. They may answer otherwise when they are asked
 * again, so a step that may be taken again notes their answers, and takes them from there then.
 *
 * <pre>
 *   version │ (operator │ kind │ rows, or what is kept) × …       in the order in which it was wanted
 * </pre>
 *
 * <p>For one thread.
 */
public final class StepAnswers {

    /** Tells the record from one of a {@link StepPlan}. */
    private static final int VERSION = 2;

    private static final int ROWS = 0;
    private static final int KEEPING = 1;

    private record Note(String operator, int kind, byte[] content) {}

    private final @Nullable Queue<Note> before;
    private final @Nullable StateWriter notes;
    private final StateWriter content = new StateWriter();
    private final boolean again;
    private final BooleanSupplier unwanted;

    private StepAnswers(
            @Nullable Queue<Note> before, @Nullable StateWriter notes, boolean again, BooleanSupplier unwanted) {
        this.before = before;
        this.notes = notes;
        this.again = again;
        this.unwanted = unwanted;
    }

    /** Returns what asks, and forgets the answers: for a step that is taken once. */
    public static StepAnswers unnoted() {
        return new StepAnswers(null, null, false, () -> false);
    }

    /**
     * Returns what asks, and notes the answers.
     *
     * @param unwanted whether nobody wants the step any more, asked while another system does not answer
     */
    public static StepAnswers noted(BooleanSupplier unwanted) {
        return new StepAnswers(null, notes(), false, unwanted);
    }

    /**
     * Returns what asks and notes, in a step that has begun before and of which nothing was noted: it asked nothing, or
     * ended before that was noted and so before anything came of it.
     */
    public static StepAnswers unfinished(BooleanSupplier unwanted) {
        return new StepAnswers(null, notes(), true, unwanted);
    }

    private static StateWriter notes() {
        StateWriter notes = new StateWriter();
        notes.writeByte(VERSION);
        return notes;
    }

    /** Returns what answers as it was noted. */
    public static StepAnswers again(byte[] noted) {
        StateReader in = new StateReader(noted);
        in.readByte();
        Queue<Note> notes = new ArrayDeque<>();
        while (!in.atEnd()) {
            notes.add(new Note(in.readText(), in.readByte(), in.readBytes()));
        }
        return new StepAnswers(notes, null, true, () -> false);
    }

    /** Returns whether a record of a journal is one of answers. */
    public static boolean isRecord(byte[] record) {
        return record.length > 0 && record[0] == VERSION;
    }

    boolean unwanted() {
        return unwanted.getAsBoolean();
    }

    /** Returns the answer to the next question of an operator. */
    RowBatch answer(String operator, RowType type, Supplier<RowBatch> ask) {
        if (before != null) {
            Note note = before.poll();
            if (note == null || note.kind != ROWS || !note.operator.equals(operator)) {
                throw new MillraceException(
                        ErrorCode.DATA_CORRUPTED,
                        "the journal has no answer where " + operator + " asks",
                        "drop and create what it belongs to");
            }
            return RowCodec.read(type, new StateReader(note.content));
        }
        RowBatch rows = ask.get();
        if (notes != null) {
            content.clear();
            RowCodec.write(rows, content);
            note(operator, ROWS);
        }
        return rows;
    }

    private void note(String operator, int kind) {
        if (notes != null) {
            notes.writeText(operator);
            notes.writeByte(kind);
            notes.writeBytes(content.data(), 0, content.size());
        }
    }

    /**
     * Returns what an operator keeps of answers from this step on: what it kept before, and in a step that is new what is
     * wanted now.
     */
    Keeping keeping(String operator, Keeping kept, Keeping wanted) {
        if (before != null) {
            Note note = before.peek();
            if (note == null || note.kind != KEEPING || !note.operator.equals(operator)) {
                return kept;
            }
            before.remove();
            StateReader in = new StateReader(note.content);
            return new Keeping(in.readInt(), in.readLong());
        }
        if (again || wanted.equals(kept)) {
            return kept;
        }
        content.clear();
        content.writeInt(wanted.rowsMax());
        content.writeLong(wanted.ttlMicros());
        note(operator, KEEPING);
        return wanted;
    }

    /** Returns the record of the answers, or null where there is nothing new to note. */
    public byte @Nullable [] record() {
        return notes == null || notes.size() == 1 ? null : notes.toByteArray();
    }
}
