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
            } else {
                answers.put(each.order(), each);
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
        answers.values().forEach(each -> compare(each, books, logs, problems));
        long unended = compare(logs, committed, problems);
        long unknown = placed.stream()
                .filter(each -> !answers.containsKey(each) || answers.get(each).word() == Word.UNKNOWN)
                .count();
        return new Audit(placed.size(), committed, placed.size() - committed - torn, unknown, torn + unended, problems);
    }

    private static void compare(
            Entry answer, Books books, Map<String, Map<String, TransactionStatus>> logs, List<String> problems) {
        if (answer.word() == Word.UNKNOWN) {
            return; // whatever it is, the customer was told the truth
        }
        boolean yes = answer.word() == Word.COMMITTED;
        int effects = books.effects().getOrDefault(answer.order(), 0);
        if (effects != (yes ? DATABASES : 0)) {
            problems.add("order " + answer.order() + " was answered " + answer.word() + ", and is in effect in "
                    + effects + " databases");
        }
        logs.forEach((member, log) -> {
            TransactionStatus status = log.get(answer.transaction());
            boolean fits = yes
                    ? status == TransactionStatus.COMMITTED
                    : status == TransactionStatus.COMPENSATED || status == null; // it may have ended before it began
            if (!fits) {
                problems.add("order " + answer.order() + " was answered " + answer.word() + ", and its transaction "
                        + answer.transaction() + " is " + status + " in the log of " + member);
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
