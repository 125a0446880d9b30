package io.millrace.server.postgres.security;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Users in a file that only its owner can read, a line each: the name, a blank, the verifier in PostgreSQL's form.
 *
 * <pre>
 *   ada SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk…:c2VydmVy…
 * </pre>
 *
 * <p>It is read at every login, so that a change holds from the next one on, and replaced as a whole. A password
 * never reaches the disk.
 */
public final class UsersFile implements Users {

    private static final int NAME_LENGTH_MAX = 63;

    private final Path file;

    public UsersFile(Path file) {
        this.file = file;
    }

    @Override
    public @Nullable ScramVerifier verifier(String user) {
        return read().get(user);
    }

    @Override
    public boolean isEmpty() {
        return read().isEmpty();
    }

    /** Returns the users' names in order. */
    public List<String> names() {
        return List.copyOf(read().keySet());
    }

    /** Adds a user, or replaces the password of one. */
    public synchronized void put(String user, ScramVerifier verifier) {
        if (user.isEmpty() || user.length() > NAME_LENGTH_MAX || user.chars().anyMatch(c -> c <= ' ')) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + user + "' is no name for a user",
                    "give 1 to " + NAME_LENGTH_MAX + " characters without blanks");
        }
        Map<String, ScramVerifier> users = read();
        users.put(user, verifier);
        write(users);
    }

    /** Removes a user and returns whether there was one. */
    public synchronized boolean remove(String user) {
        Map<String, ScramVerifier> users = read();
        boolean there = users.remove(user) != null;
        if (there) {
            write(users);
        }
        return there;
    }

    private Map<String, ScramVerifier> read() {
        Map<String, ScramVerifier> users = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int blank = line.indexOf(' ');
                users.put(line.substring(0, Math.max(0, blank)), ScramVerifier.parse(line.substring(blank + 1)));
            }
        } catch (NoSuchFileException e) {
            return users;
        } catch (IllegalArgumentException e) {
            // Not with the line: what is wrong may be a password in its place.
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED, "the file of users " + file + " is damaged", "set the users anew", e);
        } catch (IOException e) {
            throw failed("read", e);
        }
        return users;
    }

    private void write(Map<String, ScramVerifier> users) {
        List<String> lines = new ArrayList<>();
        users.forEach((name, verifier) -> lines.add(name + " " + verifier.text()));
        try {
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(whole);
            Files.createFile(whole, ownerOnly(whole));
            Files.write(whole, lines, StandardCharsets.UTF_8);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private MillraceException failed(String what, IOException cause) {
        return new MillraceException(
                ErrorCode.IO_ERROR,
                "cannot " + what + " the users in " + file + ": " + cause.getMessage(),
                null,
                cause);
    }
}
