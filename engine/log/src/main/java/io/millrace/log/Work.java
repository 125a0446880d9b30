package io.millrace.log;

import java.util.concurrent.CompletableFuture;

/** What a writer's thread is asked to do, in the order it was asked. */
sealed interface Work permits PendingAppend, Work.Task {

    /** Tells whoever asked that it was not done. */
    void fail(Throwable failure);

    /** Anything but an append. It runs when all that was asked for before is done. */
    record Task(Runnable action, CompletableFuture<Void> future) implements Work {
        Task(Runnable action) {
            this(action, new CompletableFuture<>());
        }

        void run() {
            try {
                action.run();
                future.complete(null);
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        }

        @Override
        public void fail(Throwable failure) {
            future.completeExceptionally(failure);
        }
    }
}
