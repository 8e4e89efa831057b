package io.dtx.processor.message;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what the user may have meant: the known word with the fewest edits. */
public final class Nearest {

    private Nearest() {}

    /** Returns {@code ; did you mean "word"?} for the nearest of the known words, or a full stop. */
    public static String suggestion(String written, Collection<String> known) {
        return to(written, known)
                .map(word -> "; did you mean \"" + word + "\"?")
                .orElse(".");
    }

    static Optional<String> to(String written, Collection<String> known) {
        String wanted = written.replaceAll("\\(.*", "").strip(); // "release()" means release
        int limit = Math.max(1, wanted.length() / 3);
        return known.stream()
                .distinct()
                .filter(word -> distance(wanted, word) <= limit)
                .min(Comparator.comparingInt((String word) -> distance(wanted, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    // Edits, where swapping two neighbours is one (Damerau 1964), and case costs nothing.
    static int distance(String a, String b) {
        String from = a.toLowerCase(Locale.ROOT);
        String to = b.toLowerCase(Locale.ROOT);
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : best(edits, from, to, i, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int best(int[][] edits, String from, String to, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
