package io.millrace.server.crash;

import io.millrace.testing.server.KilledServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delivery whose server is killed a few times, and fifty times among the slow tests. */
abstract class DeliveryCrashTest {

    @TempDir
    Path directory;

    final long seed = KilledServer.seed();

    /** Delivers over so many kills, and checks what has arrived. */
    abstract void deliver(int kills) throws Exception;

    @Test
    void survivesThreeKills() throws Exception {
        deliver(3);
    }

    @Test
    @Tag("slow")
    void survivesFiftyKills() throws Exception {
        deliver(50);
    }
}
