package io.millrace.server.engine;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import org.jspecify.annotations.Nullable;

/** A statement that is carried out in one go, and can be ended in the midst. Safe for use by several threads. */
final class UnderWay {

    private boolean cancelled;
    private @Nullable Runnable onCancel;

    /** Says how what it does now is ended, by a call that returns at once. */
    synchronized void onCancel(Runnable cancel) {
        onCancel = cancel;
        if (cancelled) {
            cancel.run();
        }
    }

    /** Ends it: {@link #check} fails from now on. */
    synchronized void cancel() {
        cancelled = true;
        if (onCancel != null) {
            onCancel.run();
        }
    }

    /** @throws MillraceException {@code CANCELLED} once it is to end */
    synchronized void check() {
        if (cancelled) {
            throw new MillraceException(ErrorCode.CANCELLED, "canceling statement due to user request");
        }
    }
}
