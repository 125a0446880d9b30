package io.millrace.runtime.checkpoint;

import io.millrace.runtime.state.StateReader;
import java.util.function.Supplier;

/**
 * A section of a stored checkpoint. Its bytes are read when they are asked for, which must be before the next checkpoint
 * is written.
 *
 * @param layout as whoever stored it called it
 * @param content makes a new reader of its bytes
 */
public record StoredSection(String layout, Supplier<StateReader> content) {

    /** A section of these bytes. */
    public static StoredSection of(String layout, byte[] bytes) {
        return new StoredSection(layout, () -> new StateReader(bytes));
    }
}
