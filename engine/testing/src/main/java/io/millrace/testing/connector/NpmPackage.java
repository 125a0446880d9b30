package io.millrace.testing.connector;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.testing.tidy.ProjectFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A package of npm's, installed once in a directory below {@code target} that outlives a test run. */
final class NpmPackage {

    private static final long MINUTES_MAX = 8;

    private final String name;
    private final String version;
    private final Path directory;

    private NpmPackage(String name, String version) {
        this.name = name;
        this.version = version;
        this.directory =
                ProjectFiles.find().root().resolve("engine/testing/target/npm").resolve(name + "-" + version);
    }

    /** Returns the package, which is installed first where it is not yet; the test is skipped where that cannot be. */
    static NpmPackage require(String name, String version) throws IOException {
        NpmPackage one = new NpmPackage(name, version);
        assumeTrue(one.isInstalled() || one.install(), name + " " + version + " cannot be installed: is npm there?");
        return one;
    }

    private Path modules() {
        return directory.resolve("node_modules");
    }

    private boolean isInstalled() {
        return Files.exists(directory.resolve("whole"));
    }

    /** Test runs of several modules may want it at the same time. */
    private boolean install() throws IOException {
        Files.createDirectories(directory);
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (isInstalled()) {
                return true;
            }
            if (!lock.isValid() || !runs(npm())) {
                return false;
            }
            Files.createFile(directory.resolve("whole"));
            return true;
        }
    }

    private List<String> npm() {
        return List.of(
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--prefix",
                directory.toString(),
                name + "@" + version);
    }

    private static boolean runs(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns a program of the package. */
    Path program(String program) {
        return modules().resolve(".bin").resolve(program);
    }
}
