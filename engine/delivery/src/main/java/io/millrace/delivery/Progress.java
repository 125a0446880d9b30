package io.millrace.delivery;

import io.millrace.spi.connector.CommittedFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the entries of a journal amount to: how far each split is committed, and what is to be published. */
final class Progress {

    /** Drawn once in a delivery's life; a part of its files' names. */
    final String incarnation;

    final Map<String, Long> positions = new TreeMap<>();

    /** By split, the time before which no row has its ROWTIME behind the position; of deliveries that go by it. */
    final Map<String, Long> bounds = new TreeMap<>();

    final Deque<CommittedFile> unpublished = new ArrayDeque<>();
    /** Entries and rows that could not be delivered, of what is committed or published. */
    long rejected;

    long files;
    long rows;
    long bytes;

    Progress(String incarnation) {
        this.incarnation = incarnation;
    }

    void begin(String split, long position) {
        positions.put(split, position);
    }

    void commit(CommittedFile file) {
        positions.put(file.split(), file.to());
        if (!file.name().isEmpty()) {
            unpublished.add(file);
        }
    }

    /** Returns the files of the oldest unpublished ranges, whole ranges only; about so many. */
    List<CommittedFile> nextRanges(int filesMax) {
        List<CommittedFile> next = new ArrayList<>();
        for (CommittedFile file : unpublished) {
            boolean begins = next.isEmpty() || !isOfOneRange(next.getLast(), file);
            if (begins && next.size() >= filesMax) {
                break;
            }
            next.add(file);
        }
        return next;
    }

    private static boolean isOfOneRange(CommittedFile one, CommittedFile other) {
        return one.split().equals(other.split()) && one.from() == other.from();
    }

    void publish(String name) {
        unpublished.removeIf(file -> {
            boolean published = file.name().equals(name);
            if (published) {
                files++;
                rows += file.rows();
                bytes += file.bytes();
            }
            return published;
        });
    }
}
