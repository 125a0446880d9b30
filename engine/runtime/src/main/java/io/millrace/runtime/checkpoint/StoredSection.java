package io.millrace.runtime.checkpoint;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A section of a stored checkpoint. Its bytes are read when they are asked for, which must be before the next checkpoint
 * is written.
 *
 * @param layout as whoever stored it called it
 * @param content makes a new reader of its bytes
 */
public record StoredSection(String layout, Supplier<StateReader> content) {

    /** A section that is written now, and held in memory however long it is. */
    public static StoredSection held(String layout, Consumer<StateWriter> content) {
        List<byte[]> pieces = new ArrayList<>();
        StateWriter out = new StateWriter((block, length) -> {
            pieces.add(Arrays.copyOf(block, length));
            return block;
        });
        content.accept(out);
        out.flush();
        long length = pieces.stream().mapToLong(piece -> piece.length).sum();
        return new StoredSection(layout, () -> {
            Iterator<byte[]> next = pieces.iterator();
            return new StateReader(length, () -> next.hasNext() ? next.next() : null);
        });
    }

    /** A section of these bytes. */
    public static StoredSection of(String layout, byte[] bytes) {
        return new StoredSection(layout, () -> new StateReader(bytes));
    }
}
