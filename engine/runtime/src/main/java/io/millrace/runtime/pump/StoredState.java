package io.millrace.runtime.pump;

import io.millrace.runtime.checkpoint.StoredSection;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.ScanOperator;
import io.millrace.runtime.operator.StoredScan;
import io.millrace.runtime.state.StateReader;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint holds.
 *
 * @param sections the state of operators, by the ids of their plan nodes
 */
record StoredState(PumpStatus status, Map<String, StoredSection> sections) {

    /** Returns whether the state of an operator is there, as that operator stores it. */
    boolean has(Operator operator) {
        StoredSection section = sections.get(operator.id());
        return section != null && section.layout().equals(operator.stateLayout());
    }

    /** Returns what each scan had read. */
    List<StoredScan> scans() {
        return sections.values().stream()
                .filter(section -> ScanOperator.isLayout(section.layout()))
                .map(StoredState::scan)
                .toList();
    }

    /** Returns what a scan had read, or another of the same stream; null where the stream was not read. */
    @Nullable
    StoredScan scan(ScanOperator scan) {
        if (has(scan)) {
            return scan(section(scan.id()));
        }
        return scans().stream()
                .filter(other -> other.stream().equals(scan.stream()))
                .findFirst()
                .orElse(null);
    }

    /** Returns a stream that was read twice, and further by one scan than by the other; null where none was. */
    @Nullable
    String unevenlyRead() {
        Map<String, StoredScan> seen = new HashMap<>();
        for (StoredScan scan : scans()) {
            StoredScan other = seen.putIfAbsent(scan.stream(), scan);
            if (other != null && !other.positions().equals(scan.positions())) {
                return scan.stream();
            }
        }
        return null;
    }

    /** Returns up to where each split of each stream had been read, the least where a stream is read twice. */
    Map<String, Map<String, Long>> positions() {
        Map<String, Map<String, Long>> positions = new HashMap<>();
        for (StoredScan scan : scans()) {
            Map<String, Long> ofStream = positions.computeIfAbsent(scan.stream(), stream -> new HashMap<>());
            scan.positions().forEach((split, position) -> ofStream.merge(split, position, Math::min));
        }
        return positions;
    }

    /** Returns the state of an operator that has some. */
    StoredSection section(String id) {
        return Objects.requireNonNull(sections.get(id), id);
    }

    /** Returns the bytes of a section for who reads this layout. */
    static StateReader reader(StoredSection section, String id, String wanted) {
        if (!section.layout().equals(wanted)) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE,
                    "the stored state of " + id + " is of another query: it is '" + section.layout() + "', not '"
                            + wanted + "'",
                    "drop and create what the query belongs to");
        }
        return section.content().get();
    }

    private static StoredScan scan(StoredSection section) {
        return StoredScan.read(section.layout(), section.content().get());
    }
}
