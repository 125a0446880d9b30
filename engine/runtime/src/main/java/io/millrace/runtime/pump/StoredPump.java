package io.millrace.runtime.pump;

import io.millrace.plan.Plan;
import io.millrace.runtime.Environment;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.StoredCheckpoint;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a directory tells of a pump that does not run. */
public final class StoredPump {

    private StoredPump() {}

    /**
     * Returns, by stream and split, from which position on a pump that does not run needs entries; empty where it never
     * ran.
     *
     * @param directory holds its state
     * @throws MillraceException {@code DATA_CORRUPTED} where the state is damaged
     */
    public static Map<String, Map<String, Long>> positions(Path directory) {
        StoredCheckpoint checkpoint = new CheckpointDirectory(directory).stored();
        return checkpoint == null ? Map.of() : CheckpointCodec.read(checkpoint).positions();
    }

    /** Returns whether steps are left that a pump which does not run has to take again with its own query. */
    public static boolean unfinished(Path directory) {
        return new DirectoryStepStore(directory, null).journaled();
    }

    /**
     * Returns what becomes of the state of a pump that does not run when it goes on with another query.
     *
     * @param directory holds its state, as its last {@link Pump#close} left it
     * @throws MillraceException {@code UNSUPPORTED} where it cannot go on with it; {@code WRONG_STATE} where steps are
     *     left that its own query has to take again; {@code DATA_CORRUPTED} where the state is damaged
     */
    public static Replacement replacement(String name, Plan plan, Environment environment, Path directory) {
        DirectoryStepStore store = new DirectoryStepStore(directory, null);
        StoredCheckpoint checkpoint = store.stored();
        try (OperatorTree tree = OperatorTree.create(plan, environment)) {
            if (checkpoint == null) {
                return new Replacement(List.of(), List.of(), List.of(), List.of());
            }
            if (store.journaled()) {
                throw new MillraceException(
                        ErrorCode.WRONG_STATE,
                        "pump '" + name + "' has taken steps that it could not finish, as SHOW PUMPS says",
                        "let it go on with the query it has, or drop and create it");
            }
            StoredState stored = CheckpointCodec.read(checkpoint);
            Replacement replacement = Replacement.of(tree, stored);
            replacement.check(name, tree, stored);
            return replacement;
        }
    }
}
