package io.millrace.runtime.pump;

import io.millrace.runtime.operator.OperatorReport;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Who has asked a pump for its report. Any thread asks; the one that runs the pump answers. */
final class PumpQuestions {

    private final Queue<CompletableFuture<PumpReport>> asked = new ConcurrentLinkedQueue<>();
    private final long openedNanos = System.nanoTime();

    CompletableFuture<PumpReport> ask() {
        CompletableFuture<PumpReport> question = new CompletableFuture<>();
        asked.add(question);
        return question;
    }

    void answer(PumpStatus status, PumpCheckpoints checkpoints, OperatorTree tree) {
        for (CompletableFuture<PumpReport> question = asked.poll(); question != null; question = asked.poll()) {
            try {
                List<OperatorReport> operators = tree.report();
                question.complete(
                        new PumpReport(status, System.nanoTime() - openedNanos, checkpoints.report(), operators));
            } catch (RuntimeException e) {
                // Who asks is told; the pump has nothing to do with it.
                question.completeExceptionally(e);
            }
        }
    }

    /** Tells who still waits that the pump has ended. */
    void refuse(String name) {
        for (CompletableFuture<PumpReport> question = asked.poll(); question != null; question = asked.poll()) {
            question.completeExceptionally(new MillraceException(ErrorCode.WRONG_STATE, name + " does not run"));
        }
    }
}
