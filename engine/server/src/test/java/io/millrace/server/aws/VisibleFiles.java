package io.millrace.server.aws;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The files of a folder that deliveries write to meanwhile: what is staged comes and goes while it is looked at. */
final class VisibleFiles extends SimpleFileVisitor<Path> {

    private final Path root;
    private final List<Path> files = new ArrayList<>();

    private VisibleFiles(Path root) {
        this.root = root;
    }

    /** Returns the files that are no hidden ones and in no hidden folder, sorted; none where there is no such folder. */
    static List<Path> below(Path root) throws IOException {
        VisibleFiles visible = new VisibleFiles(root);
        if (Files.exists(root)) {
            Files.walkFileTree(root, visible);
        }
        return visible.files.stream().sorted().toList();
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return !directory.equals(root) && isHidden(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!isHidden(file)) {
            files.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
        return FileVisitResult.CONTINUE;
    }
}
