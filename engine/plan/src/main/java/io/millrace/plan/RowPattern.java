package io.millrace.plan;

import java.util.List;

/** A regular expression over rows. Of two ways to match, the one that comes first here is preferred. */
public sealed interface RowPattern {

    /** No upper limit of {@link Quantified}. */
    int UNLIMITED = -1;

    /**
     * One row that is mapped to a variable.
     *
     * @param variable place in {@link PlanNode.Match#variables()}
     */
    record Variable(int variable) implements RowPattern {}

    /** One part after the other. */
    record Sequence(List<RowPattern> parts) implements RowPattern {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** One of the parts, the first preferably. */
    record Alternation(List<RowPattern> parts) implements RowPattern {
        public Alternation {
            parts = List.copyOf(parts);
        }
    }

    /** All parts in any order, that of the list preferably, then in the order of the dictionary. */
    record Permutation(List<RowPattern> parts) implements RowPattern {
        public Permutation {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A part several times.
     *
     * @param most {@link #UNLIMITED} for any number
     * @param reluctant whether fewer are preferred, and not more
     */
    record Quantified(RowPattern part, int least, int most, boolean reluctant) implements RowPattern {}

    /** A part whose rows are matched and not put out. */
    record Excluded(RowPattern part) implements RowPattern {}
}
