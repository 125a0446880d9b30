package io.millrace.log.disk;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that loses what was not forced when the power fails, and does the other things that
 * disks do: it is full, writes half of what it is given, fails to force, and stops in the middle.
 *
 * <p>Names become durable in the order they changed, as in a file system with a journal; of a file's
 * bytes any sector may be lost, whatever became of its neighbours.
 */
public final class SimulatedDisk implements Disk {

    private final RandomGenerator random;
    private final Map<Path, SimulatedFile> names = new TreeMap<>();
    private final List<NameChange> unforced = new ArrayList<>();
    private final Set<Path> directories = new HashSet<>();
    private final Set<Path> locks = new HashSet<>();
    private Map<Path, SimulatedFile> durableNames = new TreeMap<>();
    private long freeBytes = Long.MAX_VALUE;
    private int forcesToFail;
    private long operationsLeft = Long.MAX_VALUE;
    private int forces;

    private record NameChange(Set<Path> parents, Map<Path, SimulatedFile> after) {}

    public SimulatedDisk(RandomGenerator random) {
        this.random = random;
    }

    /** Leaves room for so many bytes more. */
    public void free(long bytes) {
        freeBytes = bytes;
    }

    /** Lets the next forces fail, after each of which any of the bytes they meant may be on disk or not. */
    public void failForces(int count) {
        forcesToFail = count;
    }

    /** Stops the machine before the operation after so many more; all later ones fail too. */
    public void stopAfter(long operations) {
        operationsLeft = operations;
    }

    public boolean isStopped() {
        return operationsLeft < 0;
    }

    /** Returns how often files were forced so far. */
    public int forces() {
        return forces;
    }

    /** Kills the process: what it wrote stays, forced or not. */
    public void kill() {
        detach(names);
        locks.clear();
        operationsLeft = Long.MAX_VALUE;
    }

    /** Fails the power: what was not forced is there or is not, sector by sector. */
    public void crash() {
        int kept = unforced.isEmpty() ? 0 : random.nextInt(unforced.size() + 1);
        Map<Path, SimulatedFile> left =
                kept == 0 ? durableNames : unforced.get(kept - 1).after();
        left.values().forEach(SimulatedFile::crash);
        detach(new TreeMap<>(left));
        durableNames = new TreeMap<>(names);
        unforced.clear();
        locks.clear();
        operationsLeft = Long.MAX_VALUE;
        freeBytes = Long.MAX_VALUE;
        forcesToFail = 0;
    }

    // Handles of the dead process keep their files; the next one gets others with the same content.
    private void detach(Map<Path, SimulatedFile> left) {
        Map<SimulatedFile, SimulatedFile> copies = new IdentityHashMap<>();
        UnaryOperator<SimulatedFile> copy = file -> copies.computeIfAbsent(file, SimulatedFile::detached);
        Map<Path, SimulatedFile> next = new TreeMap<>(left);
        next.replaceAll((path, file) -> copy.apply(file));
        durableNames.replaceAll((path, file) -> copy.apply(file));
        unforced.forEach(change -> change.after().replaceAll((path, file) -> copy.apply(file)));
        names.clear();
        names.putAll(next);
    }

    /** Returns the bytes of a file as the process sees them. */
    public byte[] bytes(Path file) {
        return names.get(file).bytes();
    }

    /** Puts bytes in the place of a file's, durably. */
    public void bytes(Path file, byte[] bytes) {
        names.get(file).replace(bytes);
    }

    /** Takes a file away, durably. */
    public void remove(Path file) {
        names.remove(file);
        durableNames.remove(file);
        unforced.forEach(change -> change.after().remove(file));
    }

    /** Returns all files, ascending. */
    public List<Path> files() {
        return List.copyOf(names.keySet());
    }

    RandomGenerator random() {
        return random;
    }

    void beforeOperation() throws IOException {
        if (operationsLeft-- <= 0) {
            operationsLeft = -1;
            throw new IOException("the machine has stopped");
        }
    }

    /** Takes room on the disk; returns how many of the bytes fit. */
    int take(int bytes) throws IOException {
        if (freeBytes <= 0 && bytes > 0) {
            throw new IOException("No space left on device");
        }
        int taken = (int) Math.min(bytes, freeBytes);
        freeBytes -= freeBytes == Long.MAX_VALUE ? 0 : taken;
        return taken;
    }

    boolean forceFails() {
        forces++;
        return forcesToFail > 0 && forcesToFail-- > 0;
    }

    private void changed(Path... paths) {
        Set<Path> parents = new HashSet<>();
        for (Path path : paths) {
            parents.add(path.getParent());
        }
        unforced.add(new NameChange(parents, new TreeMap<>(names)));
    }

    @Override
    public WritableFile openToWrite(Path file) throws IOException {
        beforeOperation();
        if (!names.containsKey(file)) {
            names.put(file, new SimulatedFile(this));
            changed(file);
        }
        return names.get(file);
    }

    @Override
    public ReadableFile openToRead(Path file) throws IOException {
        if (!names.containsKey(file)) {
            throw new FileNotFoundException(file.toString());
        }
        return names.get(file).reading();
    }

    @Override
    public boolean exists(Path path) {
        return names.containsKey(path) || directories.contains(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return directories.contains(path) && !names.containsKey(path);
    }

    @Override
    public List<Path> list(Path directory) {
        Set<Path> found = new TreeSet<>();
        int depth = directory.getNameCount();
        for (Path path : names.keySet()) {
            if (path.startsWith(directory) && path.getNameCount() > depth) {
                found.add(directory.resolve(path.getName(depth)));
            }
        }
        return List.copyOf(found);
    }

    @Override
    public void createDirectories(Path directory) {
        for (Path path = directory; path != null; path = path.getParent()) {
            directories.add(path);
        }
    }

    @Override
    public void move(Path source, Path target) throws IOException {
        beforeOperation();
        Map<Path, SimulatedFile> moved = new TreeMap<>();
        for (Path path : files()) {
            if (path.equals(source)) {
                moved.put(target, names.remove(path));
            } else if (path.startsWith(source)) {
                moved.put(target.resolve(source.relativize(path)), names.remove(path));
            }
        }
        moved.keySet().forEach(path -> createDirectories(path.getParent()));
        names.putAll(moved);
        changed(source, target);
    }

    @Override
    public void delete(Path path) throws IOException {
        beforeOperation();
        if (names.remove(path) != null) {
            changed(path);
        }
        directories.remove(path);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        beforeOperation();
        int last = -1;
        for (int i = 0; i < unforced.size(); i++) {
            if (unforced.get(i).parents().contains(directory)) {
                last = i;
            }
        }
        if (last >= 0) {
            durableNames = unforced.get(last).after();
            unforced.subList(0, last + 1).clear();
        }
    }

    @Override
    public Closeable lock(Path file) {
        if (!locks.add(file)) {
            throw new MillraceException(ErrorCode.IN_USE, "data directory " + file.getParent() + " is in use");
        }
        return () -> locks.remove(file);
    }
}
