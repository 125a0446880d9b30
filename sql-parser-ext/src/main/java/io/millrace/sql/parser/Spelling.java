package io.millrace.sql.parser;

import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Which word was probably meant. */
final class Spelling {

    private static final int DISTANCE_MAX = 2;

    private Spelling() {}

    /** Returns the word that is at most two letters off, and not the same, or null. */
    static @Nullable String closest(String given, Collection<String> words) {
        String closest = null;
        int least = DISTANCE_MAX + 1;
        for (String word : words) {
            int distance = anagrams(given, word) ? 1 : distance(given, word);
            if (distance > 0 && distance < least && distance * 3 <= word.length()) {
                closest = word;
                least = distance;
            }
        }
        return closest;
    }

    /** Returns whether the words have the same letters in another order. */
    private static boolean anagrams(String a, String b) {
        return !a.equals(b)
                && Arrays.equals(
                        a.chars().sorted().toArray(), b.chars().sorted().toArray());
    }

    /** Returns how many letters must be put in, taken out or changed to make one word the other. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
