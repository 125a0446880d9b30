package io.millrace.server.engine;

/**
 * What an engine may use, and who may do what.
 *
 * @param rights who may create functions in Java
 * @param decodeThreads threads that decode records beside the queries' own; 0 for none
 * @param workers threads that may work on a step of a query, its own among them; at least 1
 * @param queryMemoryBytes memory for the rows and groups of all queries that end; what needs more is put aside on disk
 * @param stateMemoryBytes memory for the state of all queries that go on; what needs more is put aside on disk
 * @param spillLimitBytes most that queries which end may put aside together, and as much again those that go on
 */
public record EngineSettings(
        FunctionRights rights,
        int decodeThreads,
        int workers,
        long queryMemoryBytes,
        long stateMemoryBytes,
        long spillLimitBytes) {

    /** What each operator of a query may hold, whatever others hold. */
    static final long SHARE_BYTES = 1 << 20;

    /** How much is put aside at most where nothing else is said: 32 GB. */
    public static final long SPILL_LIMIT_BYTES = 32L << 30;

    private static final int SHARE_OF_HEAP = 4;
    private static final int SHARE_OF_HEAP_FOR_STATE = 2;

    public static final EngineSettings DEFAULT = new EngineSettings(
            FunctionRights.EVERYONE,
            WorkThreads.decodingOn(Runtime.getRuntime().availableProcessors()),
            WorkThreads.workingOn(Runtime.getRuntime().availableProcessors()),
            Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP,
            Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP_FOR_STATE,
            SPILL_LIMIT_BYTES);

    public EngineSettings withDecodeThreads(int threads) {
        return new EngineSettings(rights, threads, workers, queryMemoryBytes, stateMemoryBytes, spillLimitBytes);
    }

    public EngineSettings withWorkers(int threads) {
        return new EngineSettings(rights, decodeThreads, threads, queryMemoryBytes, stateMemoryBytes, spillLimitBytes);
    }

    public EngineSettings withQueryMemory(long bytes) {
        return new EngineSettings(rights, decodeThreads, workers, bytes, stateMemoryBytes, spillLimitBytes);
    }

    public EngineSettings withStateMemory(long bytes) {
        return new EngineSettings(rights, decodeThreads, workers, queryMemoryBytes, bytes, spillLimitBytes);
    }

    public EngineSettings withRights(FunctionRights other) {
        return new EngineSettings(other, decodeThreads, workers, queryMemoryBytes, stateMemoryBytes, spillLimitBytes);
    }
}
