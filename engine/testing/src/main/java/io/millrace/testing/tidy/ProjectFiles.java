package io.millrace.testing.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The project's own files: what is under version control, and nothing a build made. */
public final class ProjectFiles {

    private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", ".vscode", "node_modules", "data");

    private final Path root;
    private final Set<Path> files = new TreeSet<>();

    private ProjectFiles(Path root) {
        this.root = root;
    }

    /** Returns the files of the project that the working directory is part of. */
    public static ProjectFiles find() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("CONTRIBUTING.md"))) {
            root = root.getParent();
            if (root == null) {
                throw new IllegalStateException("the working directory is in no checkout of the project");
            }
        }
        ProjectFiles found = new ProjectFiles(root);
        found.walk();
        return found;
    }

    public Path root() {
        return root;
    }

    /** Returns the files whose path below the root, with slashes, matches. */
    public List<Path> matching(Predicate<String> path) {
        return files.stream().filter(file -> path.test(name(file))).toList();
    }

    public List<Path> endingWith(String end) {
        return matching(path -> path.endsWith(end));
    }

    /** Returns a file's path below the root, with slashes. */
    public String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** Returns a file's text. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the simple names of all classes, and of the types nested in them, as far as text shows them. */
    public Set<String> typeNames() {
        Set<String> names = new TreeSet<>();
        for (Path file : endingWith(".java")) {
            String name = String.valueOf(file.getFileName());
            names.add(name.substring(0, name.length() - ".java".length()));
        }
        return names;
    }

    private void walk() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    boolean skipped =
                            NOT_OURS.contains(String.valueOf(directory.getFileName())) && !directory.equals(root);
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.addAll(found);
    }
}
