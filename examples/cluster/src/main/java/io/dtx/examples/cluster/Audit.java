package io.dtx.examples.cluster;

import io.dtx.TransactionStatus;
import io.dtx.examples.cluster.Journal.Entry;
import io.dtx.examples.cluster.Journal.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what customers were told with the databases, and with the log of every member.
 *
 * @param orders that were placed
 * @param committed those that are in effect in all of the databases
 * @param compensated those that are in effect in none
 * @param unknown those whose customer was not told, or that nobody knows
 * @param inDoubt those that are in effect in some of the databases, and transactions that have not ended
 * @param problems whatever must not be
 */
record Audit(long orders, long committed, long compensated, long unknown, long inDoubt, List<String> problems) {
    private static final int DATABASES = Databases.NAMES.size();

    /**
     * Judges.
     *
     * @param logs by member, the status of each transaction in its log
     */
    static Audit of(List<Entry> journals, Books books, Map<String, Map<String, TransactionStatus>> logs) {
        List<String> problems = new ArrayList<>(books.wrong());
        Set<Long> placed = new HashSet<>();
        Map<Long, Entry> answers = new TreeMap<>();
        for (Entry each : journals) {
            if (each.word() == Word.TAKEN) {
                placed.add(each.order());
            } else if (each.word().isAnswer()) {
                answers.put(each.order(), each);
            } else {
                compareLogs(each, books, logs, problems);
            }
        }
        long torn = 0;
        long committed = 0;
        for (Map.Entry<Long, Integer> each : books.effects().entrySet()) {
            if (!placed.contains(each.getKey())) {
                problems.add("order " + each.getKey() + " is in the databases, and nobody has placed it");
            }
            if (each.getValue() == DATABASES) {
                committed++;
            } else {
                torn++;
                problems.add("order " + each.getKey() + " is in effect in " + each.getValue() + " databases");
            }
        }
        answers.values().forEach(each -> compareAnswer(each, books, problems));
        long unended = compare(logs, committed, problems);
        long unknown = placed.stream()
                .filter(each -> !answers.containsKey(each) || answers.get(each).word() == Word.UNKNOWN)
                .count();
        return new Audit(placed.size(), committed, placed.size() - committed - torn, unknown, torn + unended, problems);
    }

    /** What the customer was told is what is in the databases; "nobody knows" is always true. */
    private static void compareAnswer(Entry answer, Books books, List<String> problems) {
        int effects = books.effects().getOrDefault(answer.order(), 0);
        boolean fits = answer.word() == Word.UNKNOWN || effects == (answer.word() == Word.COMMITTED ? DATABASES : 0);
        if (!fits) {
            problems.add("order " + answer.order() + " was answered " + answer.word() + ", and is in effect in "
                    + effects + " databases");
        }
    }

    /** What is in the databases is what each member has in its log, whether the customer got an answer or not. */
    private static void compareLogs(
            Entry begun, Books books, Map<String, Map<String, TransactionStatus>> logs, List<String> problems) {
        boolean inEffect = books.effects().containsKey(begun.order());
        logs.forEach((member, log) -> {
            TransactionStatus status = log.get(begun.transaction());
            boolean fits = inEffect
                    ? status == TransactionStatus.COMMITTED
                    : status == TransactionStatus.COMPENSATED
                            || status == null; // it may have ended before its first step
            if (!fits) {
                problems.add(
                        "order " + begun.order() + " is " + (inEffect ? "" : "not ") + "in effect, and its transaction "
                                + begun.transaction() + " is " + status + " in the log of " + member);
            }
        });
    }

    /** Compares the logs with each other, and returns how many transactions have not ended. */
    private static long compare(
            Map<String, Map<String, TransactionStatus>> logs, long committed, List<String> problems) {
        Map<String, TransactionStatus> first = logs.values().iterator().next();
        logs.forEach((member, log) -> {
            if (!log.equals(first)) {
                problems.add("the log of " + member + " is another one than that of "
                        + logs.keySet().iterator().next());
            }
            long known = log.values().stream()
                    .filter(each -> each == TransactionStatus.COMMITTED)
                    .count();
            if (known != committed) {
                problems.add(known + " transactions have committed in the log of " + member + ", and " + committed
                        + " orders in the databases");
            }
        });
        List<String> unended = first.entrySet().stream()
                .filter(each -> !each.getValue().isFinal())
                .map(each -> each.getKey() + " is " + each.getValue())
                .toList();
        problems.addAll(unended);
        return unended.size();
    }

    boolean isConsistent() {
        return problems.isEmpty() && inDoubt == 0 && committed + compensated == orders;
    }
}
