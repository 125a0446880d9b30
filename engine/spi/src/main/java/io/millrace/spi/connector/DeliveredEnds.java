package io.millrace.spi.connector;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far a table has a delivery's rows, as the table itself says.
 *
 * @param ends by split, the position after the last that is in the table
 */
public record DeliveredEnds(Map<String, Long> ends) {

    public DeliveredEnds {
        ends = Map.copyOf(ends);
    }

    /**
     * Returns those of some files that the table does not have. They are whole ranges, those of a split in order and
     * without any that was committed before left out, and all that are not noted as published.
     *
     * @throws MillraceException {@code IN_USE} where the table has rows that are of none of these ranges, and so of
     *     another writer
     */
    public List<CommittedFile> missing(List<CommittedFile> files) {
        List<CommittedFile> missing = new ArrayList<>();
        for (CommittedFile file : files) {
            long end = ends.getOrDefault(file.split(), Long.MIN_VALUE);
            if (end <= file.from()) {
                missing.add(file);
            } else if (!endsOf(file.split(), files).contains(end)) {
                throw foreign(file, end);
            }
        }
        return missing;
    }

    private static TreeSet<Long> endsOf(String split, List<CommittedFile> files) {
        TreeSet<Long> ends = new TreeSet<>();
        files.stream().filter(file -> file.split().equals(split)).forEach(file -> ends.add(file.to()));
        return ends;
    }

    private static MillraceException foreign(CommittedFile file, long end) {
        return new MillraceException(
                ErrorCode.IN_USE,
                "the table has this delivery's rows of '" + file.split() + "' up to position " + end
                        + ", which were not written from here; file '" + file.name() + "' of positions " + file.from()
                        + " to " + file.to() + " is not appended",
                "see whether a copy of this server's directory runs elsewhere, or was put back from a backup; keep"
                        + " one, and make the delivery anew in the other");
    }

    /** Returns what holds once these files are in the table. */
    public DeliveredEnds with(List<CommittedFile> files) {
        Map<String, Long> later = new TreeMap<>(ends);
        files.forEach(file -> later.merge(file.split(), file.to(), Math::max));
        return new DeliveredEnds(later);
    }

    /**
     * Returns how a commit fails of a writer in whose place another has come.
     *
     * @param table the table's name or place
     */
    public static MillraceException replaced(String table) {
        return new MillraceException(
                ErrorCode.IN_USE,
                "another server has taken over the writing to table '" + table + "' for this delivery",
                "see whether a copy of this server's directory runs elsewhere; stop one of them, and restart the other"
                        + " if it is this one");
    }
}
