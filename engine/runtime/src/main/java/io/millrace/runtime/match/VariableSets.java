package io.millrace.runtime.match;

import io.millrace.plan.MatchValue;
import java.util.ArrayList;
import java.util.List;

/** Sets of variables that something asks for, as bits, each once. */
final class VariableSets {

    private final List<Long> sets = new ArrayList<>();

    /** Returns the place of a set, which is put there where it is new. */
    int place(List<Integer> variables) {
        long bits = bits(variables);
        int known = sets.indexOf(bits);
        if (known >= 0) {
            return known;
        }
        sets.add(bits);
        return sets.size() - 1;
    }

    /** Returns the place of the set that a value asks for, or −1. */
    int place(MatchValue value) {
        return switch (value) {
            case MatchValue.At at -> place(at.place().variables());
            case MatchValue.Classifier c -> place(c.place().variables());
            case MatchValue.Exists e -> place(e.place().variables());
            case MatchValue.Aggregated a -> place(a.variables());
            case MatchValue.Here here -> -1;
            case MatchValue.Matched m -> -1;
            case MatchValue.MatchNumber n -> -1;
        };
    }

    long[] toArray() {
        return sets.stream().mapToLong(Long::longValue).toArray();
    }

    static long bits(List<Integer> variables) {
        long bits = 0;
        for (int variable : variables) {
            bits |= 1L << variable;
        }
        return bits;
    }
}
