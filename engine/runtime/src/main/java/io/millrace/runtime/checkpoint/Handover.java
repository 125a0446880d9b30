package io.millrace.runtime.checkpoint;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands the sections of a checkpoint from the thread that runs the query to one that writes them, which may lie behind by
 * a bounded number of bytes. The former calls the methods of {@link SectionOutput} and one of {@link #finish} and {@link
 * #abandon} at the end, the latter {@link #pass}.
 */
final class Handover implements SectionOutput {

    private static final int MESSAGES_MOST = 64;

    private final BlockingQueue<Message> messages = new ArrayBlockingQueue<>(MESSAGES_MOST);
    private final Queue<byte[]> free = new ConcurrentLinkedQueue<>();

    private sealed interface Message {}

    private record Begin(String id, String layout) implements Message {}

    private record Block(byte[] bytes, int length) implements Message {}

    private enum Mark implements Message {
        SECTION_ENDS,
        ALL_IS_SAID,
        ABANDONED
    }

    @Override
    public void begin(String id, String layout) {
        put(new Begin(id, layout));
    }

    @Override
    public byte[] take(byte[] block, int length) {
        put(new Block(block, length));
        byte[] next = free.poll();
        return next == null ? new byte[block.length] : next;
    }

    @Override
    public void end() {
        put(Mark.SECTION_ENDS);
    }

    /** Says that nothing follows. */
    void finish() {
        put(Mark.ALL_IS_SAID);
    }

    /** Says that the checkpoint is not to be. */
    void abandon() {
        messages.clear();
        messages.add(Mark.ABANDONED);
    }

    private void put(Message message) {
        try {
            messages.put(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "interrupted while a checkpoint was written", null, e);
        }
    }

    /**
     * Passes all that is handed over on, until nothing follows. What fails does so only then, so that nobody waits for
     * room in vain.
     *
     * @throws MillraceException {@code CANCELLED} where the checkpoint was abandoned, and otherwise whatever {@code
     *     output} threw
     */
    void pass(SectionOutput output) {
        Throwable failure = null;
        for (Message message = next(); message != Mark.ALL_IS_SAID; message = next()) {
            if (message == Mark.ABANDONED) {
                throw new MillraceException(ErrorCode.CANCELLED, "the checkpoint was abandoned");
            }
            if (failure == null) {
                failure = tryPassing(message, output);
            }
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    /** Errors too: whoever hands over would wait for ever if the memory of this thread alone ran out. */
    private @Nullable Throwable tryPassing(Message message, SectionOutput output) {
        try {
            switch (message) {
                case Begin begin -> output.begin(begin.id(), begin.layout());
                case Block block -> free.add(output.take(block.bytes(), block.length()));
                case Mark mark -> output.end();
            }
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    /** The thread that writes is not interrupted by anybody who knows of it; if it is, it goes on and says so later. */
    private Message next() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return messages.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
