package io.millrace.connector.file;

import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory whose files appear whole. */
final class FileStore implements ObjectStore {

    private final Path root;
    private final Path stage;
    private final WholeFile whole;
    /** None where files are delivered, and deleted: what a link leads to is not ours. */
    private final Set<FileVisitOption> links;

    private FileStore(Path root, Set<FileVisitOption> links) {
        this.root = root;
        this.links = links;
        this.stage = root.resolve(StagedName.DIRECTORY);
        this.whole = new WholeFile(stage);
    }

    static FileStore open(Path directory) throws IOException {
        FileStore store = new FileStore(directory.toAbsolutePath().normalize(), Set.of());
        Durable.createDirectories(store.stage);
        if (!Files.isWritable(store.stage)) {
            throw new FileSystemException(store.stage.toString(), null, "not writable");
        }
        store.whole.sweep();
        return store;
    }

    /** Opens a directory in which nothing is made. Links in it are as good as what they lead to. */
    static FileStore openToRead(Path directory) {
        return new FileStore(directory.toAbsolutePath().normalize(), Set.of(FileVisitOption.FOLLOW_LINKS));
    }

    @Override
    public StagedObject stage(String name) throws IOException {
        StagedName.check(name);
        discard(name);
        return StagedFile.create(stage.resolve(StagedName.open(name)), stage.resolve(StagedName.sealed(name)));
    }

    @Override
    public void publish(String name) throws IOException {
        StagedName.check(name);
        Path sealed = stage.resolve(StagedName.sealed(name));
        Path target = root.resolve(name);
        Path parent = target.getParent();
        if (Files.isRegularFile(target)) {
            // It was published before; perhaps a crash came between the rename and its sync.
            Durable.syncDirectory(parent);
            discard(name);
            return;
        }
        if (!Files.exists(sealed)) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME, "no file '" + name + "' is staged or visible in " + root);
        }
        try {
            Durable.createDirectories(parent);
            Files.move(sealed, target, StandardCopyOption.ATOMIC_MOVE);
            Durable.syncDirectory(parent);
            Durable.syncDirectory(stage);
        } catch (IOException e) {
            throw Durable.orDiskFull(e, target);
        }
    }

    @Override
    public boolean create(String name, byte[] content) throws IOException {
        StagedName.checkPlace(name);
        return whole.create(root.resolve(name), content);
    }

    @Override
    public void replace(String name, byte[] content) throws IOException {
        StagedName.checkPlace(name);
        whole.replace(root.resolve(name), content);
    }

    @Override
    public void discard(String name) throws IOException {
        StagedName.check(name);
        Files.deleteIfExists(stage.resolve(StagedName.open(name)));
        Files.deleteIfExists(stage.resolve(StagedName.sealed(name)));
    }

    @Override
    public List<String> staged(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(stage)) {
            TreeSet<String> names = new TreeSet<>();
            files.map(file -> StagedName.visible(file.getFileName().toString()))
                    .filter(name -> name != null && name.startsWith(prefix))
                    .forEach(names::add);
            return List.copyOf(names);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        return list(prefix, attributes -> true);
    }

    @Override
    public List<String> listBefore(String prefix, Instant time) throws IOException {
        return list(
                prefix, attributes -> attributes.lastModifiedTime().toInstant().isBefore(time));
    }

    @Override
    public @Nullable StoredFile find(String name) throws IOException {
        StagedName.checkPlace(name);
        try {
            BasicFileAttributes attributes = Files.readAttributes(root.resolve(name), BasicFileAttributes.class);
            return attributes.isRegularFile() ? stored(name, attributes) : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** A file that is written again has another time, and one that is put in its place another number. */
    private static StoredFile stored(String name, BasicFileAttributes attributes) {
        return new StoredFile(
                name,
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + attributes.fileKey());
    }

    @Override
    public List<StoredFile> search(FileSearch search) throws IOException {
        List<StoredFile> found = new ArrayList<>();
        walk(search.prefix(), search.depth(), (name, attributes) -> {
            if (search.matches(name)) {
                found.add(stored(name, attributes));
                search.check(found.size());
            }
        });
        found.sort(Comparator.comparing(StoredFile::name));
        return found;
    }

    private List<String> list(String prefix, Predicate<BasicFileAttributes> wanted) throws IOException {
        List<String> names = new ArrayList<>();
        walk(prefix, Integer.MAX_VALUE, (name, attributes) -> {
            if (name.startsWith(prefix) && wanted.test(attributes)) {
                names.add(name);
            }
        });
        Collections.sort(names);
        return names;
    }

    private void walk(String prefix, int depth, BiConsumer<String, BasicFileAttributes> visitor) throws IOException {
        Files.walkFileTree(root, links, depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.equals(stage) || !mayHold(directory, prefix)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // A folder that is too deep comes here too.
                if (attributes.isRegularFile()) {
                    visitor.accept(nameOf(file), attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException || e instanceof FileSystemLoopException) {
                    // Somebody deletes while we list, or a link leads to where we are.
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    /** Returns whether names in a directory may start so. */
    private boolean mayHold(Path directory, String prefix) {
        String name = directory.equals(root) ? "" : nameOf(directory) + "/";
        return name.startsWith(prefix) || prefix.startsWith(name);
    }

    private String nameOf(Path file) {
        return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
    }

    @Override
    public InputStream read(String name) throws IOException {
        return Channels.newInputStream(open(name));
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        StagedName.checkPlace(name);
        try {
            return Files.newByteChannel(root.resolve(name));
        } catch (NoSuchFileException e) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME, "no file '" + name + "' is visible in " + root, null, e);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        StagedName.check(name);
        Path file = root.resolve(name);
        if (Files.deleteIfExists(file)) {
            Durable.syncDirectory(file.getParent());
        }
    }

    @Override
    public void close() {
        // Nothing is held open: each staged file belongs to whoever writes it.
    }

    @Override
    public String toString() {
        return root.toUri().toString();
    }
}
