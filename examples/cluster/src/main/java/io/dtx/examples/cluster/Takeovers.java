package io.dtx.examples.cluster;

import io.dtx.TransactionId;
import io.dtx.examples.cluster.Journal.Entry;
import io.dtx.runtime.TransactionHistory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What others had to finish.
 *
 * @param transactions how many
 * @param worstMillis from what was done to their process to their last compensation, at worst
 */
record Takeovers(long transactions, long worstMillis) {
    private static final String EXPIRED = "ABORT: its session ended";

    /** Looks for them in the log. */
    static Takeovers of(List<TransactionHistory> log, List<Entry> journals, List<Fault> faults) {
        Map<Long, String> applications = new HashMap<>(); // by session
        for (Entry each : journals) {
            if (!each.transaction().equals("-")) {
                applications.put(
                        TransactionId.parse(each.transaction()).session(), "a" + Orders.application(each.order()));
            }
        }
        Set<TransactionId> found = new HashSet<>();
        long worst = 0;
        for (TransactionHistory each : log) {
            String application = applications.getOrDefault(each.id().session(), "");
            if (EXPIRED.equals(each.decision())) {
                found.add(each.id()); // also where no fault of ours was the reason
            }
            for (Fault fault : faults) {
                if (fault.target().equals(application) && isOf(fault, each)) {
                    found.add(each.id());
                    worst = Math.max(worst, Objects.requireNonNull(each.ended()).toEpochMilli() - fault.at());
                }
            }
        }
        return new Takeovers(found.size(), worst);
    }

    /** Whether others have finished the transaction because of the fault: it was open then, and ended while its process could not. */
    private static boolean isOf(Fault fault, TransactionHistory transaction) {
        if (transaction.ended() == null || transaction.began().toEpochMilli() > fault.at()) {
            return false;
        }
        long ended = transaction.ended().toEpochMilli();
        return ended > fault.at() && (ended < fault.until() || EXPIRED.equals(transaction.decision()));
    }
}
