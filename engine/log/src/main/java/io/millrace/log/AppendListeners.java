package io.millrace.log;

import io.millrace.spi.log.ShardLog.Subscription;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who wants to know when entries have become readable. Safe for use by several threads. */
final class AppendListeners {

    private static final System.Logger LOG = System.getLogger(AppendListeners.class.getName());

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** A listener by identity, since the same action may be registered twice. */
    private static final class Listener {
        private final Runnable action;

        Listener(Runnable action) {
            this.action = action;
        }
    }

    Subscription add(Runnable action) {
        Listener listener = new Listener(action);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void call() {
        for (Listener listener : listeners) {
            try {
                listener.action.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "a listener of a shard failed", e);
            }
        }
    }
}
