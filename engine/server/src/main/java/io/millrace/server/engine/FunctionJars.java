package io.millrace.server.engine;

import io.millrace.log.disk.Disk;
import io.millrace.log.disk.ReadableFile;
import io.millrace.log.disk.WritableFile;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.FunctionClasses;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The jars of users' functions: copied, so that a restart finds what was there when the function was created, and each
 * with a class loader of its own, so that no two see one another's classes. A copy is named by its SHA-256:
 * {@code DIR/functions/SHA256.jar}. Safe for use by several threads.
 */
final class FunctionJars implements FunctionClasses {

    /** Largest jar that is taken. */
    static final long BYTES_MAX = 256L << 20;

    private static final Logger LOG = Logger.getLogger(FunctionJars.class.getName());
    private static final String SUFFIX = ".jar";

    private final Path directory;
    private final Disk disk;
    private final Map<String, ClassLoader> loaders = new ConcurrentHashMap<>();

    FunctionJars(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /**
     * Copies a jar; the copy is durable when this returns.
     *
     * @return its SHA-256
     */
    String install(String path) {
        byte[] content = read(path);
        String checksum = checksum(content);
        Path copy = copy(checksum);
        try {
            if (!disk.exists(copy)) {
                disk.createDirectories(directory);
                write(copy, content);
            }
        } catch (IOException e) {
            throw DiskErrors.of(e, "write", copy);
        }
        return checksum;
    }

    private static byte[] read(String path) {
        try {
            Path jar = Path.of(path);
            if (!Files.isRegularFile(jar)) {
                throw unusable("there is no jar " + path, "give a path on the server's machine");
            }
            if (Files.size(jar) > BYTES_MAX) {
                throw new MillraceException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "jar " + path + " has " + Files.size(jar) + " bytes, of at most " + BYTES_MAX,
                        "put into it what the function needs");
            }
            return Files.readAllBytes(jar);
        } catch (InvalidPathException e) {
            throw unusable("'" + path + "' is no path", "give a path on the server's machine");
        } catch (IOException e) {
            throw DiskErrors.of(e, "read", Path.of(path));
        }
    }

    private void write(Path copy, byte[] content) throws IOException {
        Path fresh = copy.resolveSibling(copy.getFileName() + ".new");
        try (WritableFile out = disk.openToWrite(fresh)) {
            out.truncate(0);
            out.writeFully(ByteBuffer.wrap(content), 0);
            out.force();
        }
        disk.move(fresh, copy);
        disk.forceDirectory(directory);
    }

    @Override
    public Class<?> load(String jar, String className) {
        ClassLoader loader = loaders.computeIfAbsent(jar, this::open);
        try {
            return Class.forName(className, true, loader);
        } catch (ClassNotFoundException e) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "the jar has no class " + className,
                    "give the class with its package, and $ before the name of a class inside another");
        } catch (LinkageError e) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "class " + className + " cannot be loaded: " + e,
                    "put into the jar what the class needs, and compile it for the server's version of Java");
        }
    }

    private ClassLoader open(String checksum) {
        Path copy = copy(checksum);
        try {
            if (!disk.exists(copy)) {
                throw damaged(copy, "is missing");
            }
            try (ReadableFile in = disk.openToRead(copy)) {
                if (!checksum(in.readAll()).equals(checksum)) {
                    throw damaged(copy, "is not what it was");
                }
            }
            URL[] urls = {copy.toUri().toURL()};
            return new URLClassLoader("functions " + checksum.substring(0, 8), urls, new ContractClasses());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw DiskErrors.of(e, "read", copy);
        }
    }

    private static MillraceException damaged(Path copy, String what) {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "the copy of a function's jar " + copy + " " + what,
                "put the jar with this SHA-256 back in its place");
    }

    /** Deletes the copies that nothing uses. What cannot be deleted stays until another time. */
    void keepOnly(Set<String> checksums) {
        try {
            if (!disk.exists(directory)) {
                return;
            }
            for (Path file : disk.list(directory)) {
                String name = file.getFileName().toString();
                String checksum = name.substring(0, Math.max(0, name.length() - SUFFIX.length()));
                if (!checksums.contains(checksum)) {
                    loaders.remove(checksum);
                    disk.delete(file);
                }
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "jars of dropped functions stay for now in " + directory, e);
        }
    }

    private Path copy(String checksum) {
        return directory.resolve(checksum + SUFFIX);
    }

    private static String checksum(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static MillraceException unusable(String message, String hint) {
        return new MillraceException(ErrorCode.INVALID_ARGUMENT, message, hint);
    }

    /** What functions see of us: their contract, and nothing that Millrace is made of. */
    private static final class ContractClasses extends ClassLoader {

        private static final String CONTRACT = FunctionClasses.class.getPackageName() + ".";
        private static final String NULLNESS = "org.jspecify.annotations.";

        ContractClasses() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith(CONTRACT) || name.startsWith(NULLNESS)) {
                return FunctionJars.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
