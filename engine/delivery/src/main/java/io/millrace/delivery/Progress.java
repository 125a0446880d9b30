package io.millrace.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** What the entries of a journal amount to: how far each split is committed, and what is to be published. */
final class Progress {

    /** Drawn once in a delivery's life; a part of its files' names. */
    final String incarnation;

    final Map<String, Long> positions = new TreeMap<>();
    final Deque<CommittedFile> unpublished = new ArrayDeque<>();
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
