package io.millrace.delivery;

import io.millrace.spi.connector.CommittedFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The payloads of a journal's frames. Numbers are big-endian, text is a two-byte length and modified UTF-8.
 *
 * <pre>
 *   1  life      incarnation, files, rows, bytes, rejected   always the first
 *   2  begin     split, position
 *   3  commit    split, from, to, name, rows, bytes
 *   4  publish   name
 *   5  commits   count, then the fields of as many commits: all of them, or none where the entry is cut off
 *   6  timed     the fields of commits, count, then as many of split, bound
 *   7  counted   rejected, and one of the entries above: both, or none
 * </pre>
 *
 * <p>A life of an earlier build ends before its last field, which is 0 then.
 */
final class JournalEntry {

    private static final int LIFE = 1;
    private static final int BEGIN = 2;
    private static final int COMMIT = 3;
    private static final int PUBLISH = 4;
    private static final int COMMITS = 5;
    private static final int TIMED = 6;
    private static final int COUNTED = 7;

    private JournalEntry() {}

    /** Writes an entry's fields. */
    @FunctionalInterface
    private interface Fields {
        void write(DataOutputStream out) throws IOException;
    }

    static byte[] life(Progress progress) {
        return entry(LIFE, out -> {
            out.writeUTF(progress.incarnation);
            out.writeLong(progress.files);
            out.writeLong(progress.rows);
            out.writeLong(progress.bytes);
            out.writeLong(progress.rejected);
        });
    }

    static byte[] begin(String split, long position) {
        return entry(BEGIN, out -> {
            out.writeUTF(split);
            out.writeLong(position);
        });
    }

    static byte[] commit(CommittedFile file) {
        return entry(COMMIT, out -> write(file, out));
    }

    /** The files of one range, which are committed together. */
    static byte[] commit(List<CommittedFile> files) {
        return files.size() == 1 ? commit(files.getFirst()) : entry(COMMITS, out -> write(files, out));
    }

    /** Likewise, with what is promised by split. */
    static byte[] commit(List<CommittedFile> files, Map<String, Long> bounds) {
        return entry(TIMED, out -> {
            write(files, out);
            out.writeInt(bounds.size());
            for (Map.Entry<String, Long> bound : bounds.entrySet()) {
                out.writeUTF(bound.getKey());
                out.writeLong(bound.getValue());
            }
        });
    }

    private static void write(List<CommittedFile> files, DataOutputStream out) throws IOException {
        out.writeInt(files.size());
        for (CommittedFile file : files) {
            write(file, out);
        }
    }

    private static void write(CommittedFile file, DataOutputStream out) throws IOException {
        out.writeUTF(file.split());
        out.writeLong(file.from());
        out.writeLong(file.to());
        out.writeUTF(file.name());
        out.writeLong(file.rows());
        out.writeLong(file.bytes());
    }

    private static CommittedFile readCommitted(DataInputStream in) throws IOException {
        return new CommittedFile(
                in.readUTF(), in.readLong(), in.readLong(), in.readUTF(), in.readLong(), in.readLong());
    }

    static byte[] publish(String name) {
        return entry(PUBLISH, out -> out.writeUTF(name));
    }

    /** An entry with how much could not be delivered in all. */
    static byte[] counted(long rejected, byte[] entry) {
        return entry(COUNTED, out -> {
            out.writeLong(rejected);
            out.write(entry);
        });
    }

    private static byte[] entry(int kind, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind);
            fields.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads the first entry of a journal. */
    static Progress readLife(byte[] entry) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry));
        if (in.readByte() != LIFE) {
            throw new IOException("the first entry is of another kind");
        }
        Progress progress = new Progress(in.readUTF());
        progress.files = in.readLong();
        progress.rows = in.readLong();
        progress.bytes = in.readLong();
        progress.rejected = in.available() > 0 ? in.readLong() : 0;
        return progress;
    }

    /** Takes a later entry into account. */
    static void apply(byte[] entry, Progress progress) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry));
        int kind = in.readByte();
        switch (kind) {
            case BEGIN -> progress.begin(in.readUTF(), in.readLong());
            case COMMIT -> progress.commit(readCommitted(in));
            case COMMITS -> applyCommits(in, progress);
            case TIMED -> {
                applyCommits(in, progress);
                for (int i = in.readInt(); i > 0; i--) {
                    progress.bounds.put(in.readUTF(), in.readLong());
                }
            }
            case PUBLISH -> progress.publish(in.readUTF());
            case COUNTED -> {
                progress.rejected = in.readLong();
                apply(in.readAllBytes(), progress);
            }
            default -> throw new IOException("an entry is of kind " + kind);
        }
    }

    private static void applyCommits(DataInputStream in, Progress progress) throws IOException {
        for (int i = in.readInt(); i > 0; i--) {
            progress.commit(readCommitted(in));
        }
    }
}
