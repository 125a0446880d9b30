package io.millrace.runtime.pump;

import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.runtime.operator.ScanOperator;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What becomes of a pump's state when its query is another one than that which stored it.
 *
 * <p>An operator whose work is the same keeps its state. One whose work is new has its state rebuilt from what the
 * streams retain, and with it all that lies below and above it: rows that are taken back must be those that came, so
 * operators which hand each other rows start from the same rows.
 *
 * @param kept ids of the operators whose state stays
 * @param rebuilt ids of those whose state is made anew
 * @param dropped ids of those which are no longer there
 * @param begun streams that were not read before; they are read from their end on
 */
public record Replacement(List<String> kept, List<String> rebuilt, List<String> dropped, List<String> begun) {

    /** Compares a query with the state of another. */
    static Replacement of(OperatorTree tree, StoredState stored) {
        Set<Operator> rebuilt = new HashSet<>();
        mark(tree.root(), false, stored, rebuilt);
        List<String> kept = new ArrayList<>();
        List<String> anew = new ArrayList<>();
        List<String> begun = new ArrayList<>();
        Set<String> gone = new HashSet<>();
        stored.sections().forEach((id, section) -> {
            if (!section.layout().isEmpty() && !ScanOperator.isLayout(section.layout())) {
                gone.add(id);
            }
        });
        for (Operator operator : tree.operators()) {
            if (operator instanceof ScanOperator scan) {
                if (!stored.has(scan)) {
                    begun.add(scan.stream());
                }
            } else if (rebuilt.contains(operator)) {
                anew.add(operator.id());
            } else if (stateful(operator)) {
                kept.add(operator.id());
            }
            gone.remove(operator.id());
        }
        return new Replacement(kept, anew, gone.stream().sorted().toList(), begun);
    }

    /** Returns whether each operator finds its state as it is. */
    boolean nothingNew() {
        return rebuilt.isEmpty() && begun.isEmpty();
    }

    /**
     * Checks that what is new can be made from what streams retain. What a view or a table held earlier is not known,
     * and which of two scans of a stream a new operator takes the place of is not known either.
     *
     * @throws MillraceException {@code UNSUPPORTED} where it cannot; {@code WRONG_STATE} where it can a little later
     */
    void check(String name, OperatorTree tree, StoredState stored) {
        String uneven = rebuilt.isEmpty() ? null : stored.unevenlyRead();
        if (uneven != null) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE,
                    "pump '" + name + "' has read '" + uneven + "' further at one place of its query than at another",
                    "let it catch up, as SHOW WATERMARKS says, and try again");
        }
        Set<String> anew = Set.copyOf(rebuilt);
        for (Operator operator : tree.operators()) {
            if (operator instanceof ScanOperator scan && scan.givesChanges() && !stored.has(scan)) {
                throw refused(name, scan.stream(), "was not read before");
            }
            if (anew.contains(operator.id())) {
                changing(operator).forEach(scan -> {
                    throw refused(name, scan, "is read by " + operator.id() + ", which is new");
                });
            }
        }
    }

    private static MillraceException refused(String name, String kept, String why) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED,
                "pump '" + name + "' cannot go on with this query: '" + kept + "' " + why
                        + ", and what it held when the pump came to where it is is no longer known",
                "stop what reads the pump's stream, then DROP PUMP and CREATE PUMP: it puts all rows out anew");
    }

    private static List<String> changing(Operator operator) {
        if (operator instanceof ScanOperator scan) {
            return scan.givesChanges() ? List.of(scan.stream()) : List.of();
        }
        String asked = operator.asked();
        if (asked != null) {
            return List.of(asked);
        }
        return operator.inputs().stream()
                .flatMap(input -> changing(input).stream())
                .toList();
    }

    private static boolean stateful(Operator operator) {
        return !(operator instanceof ScanOperator) && !operator.stateLayout().isEmpty();
    }

    private static void mark(Operator operator, boolean belowNew, StoredState stored, Set<Operator> rebuilt) {
        boolean anew = belowNew || (stateful(operator) && anyMissing(operator, stored));
        if (anew && stateful(operator)) {
            rebuilt.add(operator);
        }
        operator.inputs().forEach(input -> mark(input, anew, stored, rebuilt));
    }

    private static boolean anyMissing(Operator operator, StoredState stored) {
        return (!operator.stateLayout().isEmpty() && !stored.has(operator))
                || operator.inputs().stream().anyMatch(input -> anyMissing(input, stored));
    }
}
