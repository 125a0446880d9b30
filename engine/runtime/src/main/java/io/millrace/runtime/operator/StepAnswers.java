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
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What other systems answered in a step, and what was to be kept of it. They may answer otherwise when they are asked
 * again, so a step that may be taken again notes their answers, and takes them from there then.
 *
 * <pre>
 *   version │ (operator │ kind │ keys │ rows, or what is kept) × …       in the order in which it was wanted
 * </pre>
 *
 * <p>A step that is taken again asks for the same keys in the same order, since its rows come so. Where one question ends
 * and the next begins hangs on how the rows come in batches, which is another matter: a question gets its answers from as
 * many as there were then. Version 2 has no keys, and is taken again by the questions that were asked.
 *
 * <p>For one thread.
 */
public final class StepAnswers {

    /** Tells the record from one of a {@link StepPlan}, whose versions are below. */
    private static final int VERSION = 64;

    private static final int WITHOUT_KEYS = 2;

    /** Of how many keys an answer is where nobody noted it: those of one question. */
    private static final int OF_ONE_QUESTION = Integer.MAX_VALUE;

    private static final int ROWS = 0;
    private static final int KEEPING = 1;

    /** Takes an answer to some of the keys of a question. */
    @FunctionalInterface
    interface Taker {

        /**
         * Takes the rows of some of the keys, and perhaps others.
         *
         * @param from the first of the keys, by its place in the question
         * @param to behind the last
         */
        void take(int from, int to, RowBatch rows);
    }

    /** What was noted, and for how many keys it has answers that were not given again yet. */
    private static final class Note {
        private final int kind;
        private final byte[] content;
        private int keysLeft;

        Note(int kind, int keys, byte[] content) {
            this.kind = kind;
            this.keysLeft = keys;
            this.content = content;
        }
    }

    private final @Nullable Map<String, Queue<Note>> before;
    private final @Nullable StateWriter notes;
    private final StateWriter content = new StateWriter();
    private final boolean again;
    private final BooleanSupplier unwanted;

    private StepAnswers(
            @Nullable Map<String, Queue<Note>> before,
            @Nullable StateWriter notes,
            boolean again,
            BooleanSupplier unwanted) {
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
        boolean withKeys = in.readByte() != WITHOUT_KEYS;
        Map<String, Queue<Note>> notes = new HashMap<>();
        while (!in.atEnd()) {
            String operator = in.readText();
            int kind = in.readByte();
            int keys = withKeys ? in.readInt() : OF_ONE_QUESTION;
            notes.computeIfAbsent(operator, name -> new ArrayDeque<>()).add(new Note(kind, keys, in.readBytes()));
        }
        return new StepAnswers(notes, null, true, () -> false);
    }

    /** Returns whether a record of a journal is one of answers. */
    public static boolean isRecord(byte[] record) {
        return record.length > 0 && (record[0] == VERSION || record[0] == WITHOUT_KEYS);
    }

    boolean unwanted() {
        return unwanted.getAsBoolean();
    }

    /**
     * Gives what answers an operator's next question.
     *
     * @param keys how many keys it has, none of which the operator asks for again in this step
     */
    void answer(String operator, RowType type, int keys, Supplier<RowBatch> ask, Taker taker) {
        if (before == null) {
            RowBatch rows = ask.get();
            if (notes != null) {
                content.clear();
                RowCodec.write(rows, content);
                note(operator, ROWS, keys);
            }
            taker.take(0, keys, rows);
            return;
        }
        Queue<Note> noted = before.getOrDefault(operator, new ArrayDeque<>());
        for (int from = 0; from < keys; ) {
            Note note = noted.peek();
            if (note == null || note.kind != ROWS) {
                throw new MillraceException(
                        ErrorCode.DATA_CORRUPTED,
                        "the journal has no answer where " + operator + " asks",
                        "drop and create what it belongs to");
            }
            from = takeAgain(note, type, from, keys, taker);
            if (note.keysLeft == 0) {
                noted.remove();
            }
        }
    }

    private static int takeAgain(Note note, RowType type, int from, int keys, Taker taker) {
        int to = from + Math.min(keys - from, note.keysLeft);
        taker.take(from, to, RowCodec.read(type, new StateReader(note.content)));
        note.keysLeft = note.keysLeft == OF_ONE_QUESTION ? 0 : note.keysLeft - (to - from);
        return to;
    }

    private void note(String operator, int kind, int keys) {
        if (notes != null) {
            notes.writeText(operator);
            notes.writeByte(kind);
            notes.writeInt(keys);
            notes.writeBytes(content.data(), 0, content.size());
        }
    }

    /**
     * Returns what an operator keeps of answers from this step on: what it kept before, and in a step that is new what is
     * wanted now.
     */
    Keeping keeping(String operator, Keeping kept, Keeping wanted) {
        if (before != null) {
            Queue<Note> noted = before.getOrDefault(operator, new ArrayDeque<>());
            Note note = noted.peek();
            if (note == null || note.kind != KEEPING) {
                return kept;
            }
            noted.remove();
            StateReader in = new StateReader(note.content);
            return new Keeping(in.readInt(), in.readLong());
        }
        if (again || wanted.equals(kept)) {
            return kept;
        }
        content.clear();
        content.writeInt(wanted.rowsMax());
        content.writeLong(wanted.ttlMicros());
        note(operator, KEEPING, 0);
        return wanted;
    }

    /** Returns the record of the answers, or null where there is nothing new to note. */
    public byte @Nullable [] record() {
        return notes == null || notes.size() == 1 ? null : notes.toByteArray();
    }
}
