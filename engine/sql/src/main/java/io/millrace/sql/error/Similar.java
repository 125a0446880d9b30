package io.millrace.sql.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class Similar {

    private Similar() {}

    /** Returns the other name with the fewest wrong letters, if a third of the name at most is wrong. */
    static Optional<String> to(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> !candidate.equalsIgnoreCase(name))
                .filter(candidate -> distance(name, candidate) <= Math.max(1, name.length() / 3))
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Returns how many letters must be put in, taken out, replaced or swapped, whatever their case. */
    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] beforePrevious = new int[right.length() + 1];
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int cost = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (swapped(left, right, i, j)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[right.length()];
    }

    private static boolean swapped(String left, String right, int i, int j) {
        return i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2) && left.charAt(i - 2) == right.charAt(j - 1);
    }
}
