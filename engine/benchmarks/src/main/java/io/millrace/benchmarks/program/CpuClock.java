package io.millrace.benchmarks.program;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Processor time of this process and, where a connection leads to a PostgreSQL, of the process there that serves it:
 * what the work costs whatever else the machine is doing.
 */
final class CpuClock {

    /** Clock ticks a second, as Linux counts them for its users. */
    private static final long TICKS = 100;

    private static final int USER_TIME = 11;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final @Nullable Path backend;

    private CpuClock(@Nullable Path backend) {
        this.backend = backend;
    }

    static CpuClock of(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            return new CpuClock(null);
        }
        try (ResultSet pid = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
            pid.next();
            return new CpuClock(Path.of("/proc", pid.getString(1), "stat"));
        }
    }

    long nanos() throws IOException {
        return system.getProcessCpuTime() + (backend == null ? 0 : backendNanos(Files.readString(backend)));
    }

    /** The fields behind the name, which stands in brackets: user and system time are the 12th and the 13th. */
    private static long backendNanos(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
        return ticks * (TimeUnit.SECONDS.toNanos(1) / TICKS);
    }
}
