package io.millrace.benchmarks.program;

import org.jspecify.annotations.Nullable;

/** A PostgreSQL to measure beside; {@code with-postgres} beside the sources starts one of its own for a while. */
final class Peer {

    /** The variable of the environment that names it as a JDBC URL. */
    static final String VARIABLE = "MILLRACE_BENCH_POSTGRES";

    private Peer() {}

    /** Returns its URL, or null where there is none. */
    static @Nullable String url() {
        return System.getenv(VARIABLE);
    }
}
