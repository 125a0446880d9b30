package io.millrace.delivery;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An object store in memory that survives the crash of whoever uses it. Each call passes a {@link Gate}. */
final class MemoryStore implements ObjectStore {

    /** Decides whether a call fails: by an exception before its effect, after it, or not at all. */
    interface Gate {
        Gate OPEN = new Gate() {};

        default void before(String call) throws IOException {}

        default void after(String call) throws IOException {}
    }

    /** The program ends here; nothing of it runs on. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(String at) {
            super(at, null, false, false);
        }
    }

    private final Map<String, byte[]> visible = new TreeMap<>();
    private final Map<String, byte[]> sealed = new TreeMap<>();
    private final Map<String, byte[]> open = new TreeMap<>();
    private Gate gate = Gate.OPEN;
    private boolean together;

    void gate(Gate gate) {
        this.gate = gate;
    }

    Map<String, byte[]> visible() {
        return visible;
    }

    /** Has it say that it publishes several files at the price of one. */
    void together(boolean publishesTogether) {
        together = publishesTogether;
    }

    @Override
    public boolean publishesTogether() {
        return together;
    }

    /** Returns the names of all files that are staged. */
    List<String> staged() {
        TreeMap<String, byte[]> all = new TreeMap<>(open);
        all.putAll(sealed);
        return List.copyOf(all.keySet());
    }

    /** Returns how many bytes there are in files that are whole. */
    long bytes() {
        return Stream.of(visible, sealed)
                .flatMap(files -> files.values().stream())
                .mapToLong(file -> file.length)
                .sum();
    }

    @Override
    public StagedObject stage(String name) throws IOException {
        gate.before("stage");
        sealed.remove(name);
        open.put(name, new byte[0]);
        gate.after("stage");
        return new Staged(name);
    }

    @Override
    public void publish(String name) throws IOException {
        gate.before("publish");
        byte[] bytes = sealed.remove(name);
        if (bytes != null) {
            byte[] before = visible.put(name, bytes);
            if (before != null) {
                throw new AssertionError("file '" + name + "' is visible and was written again");
            }
        } else if (!visible.containsKey(name)) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "no file '" + name + "'");
        }
        gate.after("publish");
    }

    @Override
    public void discard(String name) throws IOException {
        gate.before("discard");
        sealed.remove(name);
        open.remove(name);
        gate.after("discard");
    }

    @Override
    public List<String> staged(String prefix) throws IOException {
        gate.before("staged");
        return staged().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public List<String> list(String prefix) {
        return visible.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public InputStream read(String name) {
        return new ByteArrayInputStream(visible.get(name));
    }

    @Override
    public void delete(String name) throws IOException {
        gate.before("delete");
        visible.remove(name);
        gate.after("delete");
    }

    @Override
    public void close() {}

    private final class Staged implements StagedObject {

        private final String name;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean whole;

        Staged(String name) {
            this.name = name;
        }

        @Override
        public OutputStream out() {
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    gate.before("write");
                    bytes.write(b);
                }

                @Override
                public void write(byte[] source, int offset, int length) throws IOException {
                    gate.before("write");
                    bytes.write(source, offset, length);
                }
            };
        }

        @Override
        public void seal() throws IOException {
            gate.before("seal");
            open.remove(name);
            sealed.put(name, bytes.toByteArray());
            whole = true;
            gate.after("seal");
        }

        @Override
        public void close() throws IOException {
            if (!whole) {
                gate.before("drop");
                open.remove(name);
                gate.after("drop");
            }
        }
    }
}
