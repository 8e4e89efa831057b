package io.dtx.examples.cluster;

import io.dtx.TransactionStatus;
import io.dtx.examples.cluster.Journal.Entry;
import io.dtx.runtime.DtxOperator;
import io.dtx.runtime.TransactionHistory;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Orders at a steady rate, while processes fail; then everything is healed, and audited. */
final class Drill {
    private static final int END_SECONDS = 90;

    private final Cluster cluster;
    private final List<String> applications;
    private final List<String> strange = new ArrayList<>();

    /**
     * What came of it.
     *
     * @param faults what was done
     * @param endedMillis how long after the last fault was healed everything had ended
     */
    record Result(Audit audit, List<Fault> faults, Takeovers takeovers, long worstStallMillis, long endedMillis) {

        String line() {
            return "RESULT consistent=" + audit.isConsistent() + " orders=" + audit.orders() + " committed="
                    + audit.committed() + " compensated=" + audit.compensated() + " unknown=" + audit.unknown()
                    + " in-doubt=" + audit.inDoubt() + " takeovers=" + takeovers.transactions() + " worst-takeover-ms="
                    + takeovers.worstMillis() + " worst-stall-ms=" + worstStallMillis;
        }
    }

    Drill(Cluster cluster, List<String> applications) {
        this.cluster = cluster;
        this.applications = applications;
    }

    /** Starts all processes; orders come as soon as there are applications. */
    void start(Watch watch) throws IOException, InterruptedException {
        for (String each : processes()) {
            cluster.start(each);
        }
        watch.awaitSessions(applications.size());
    }

    /** Has all of it end, and audits; the processes are gone then. */
    Result end(List<Fault> faults) throws IOException, InterruptedException, SQLException {
        long healed = System.nanoTime();
        for (String each : processes()) {
            if (!cluster.process(each).isAlive()) {
                strange.add(each + " has ended by itself");
            }
        }
        for (String each : applications) {
            cluster.process(each).tellToEnd();
        }
        for (String each : applications) {
            awaitEnd(each);
        }
        awaitTransactions();
        long ended = (System.nanoTime() - healed) / 1_000_000;
        Map<String, List<TransactionHistory>> logs = new LinkedHashMap<>();
        for (String each : Cluster.MEMBERS) {
            try (DtxOperator operator = cluster.operator(List.of(each))) {
                logs.put(each, operator.transactions().list(all -> true));
            }
        }
        for (String each : Cluster.MEMBERS) {
            cluster.process(each).terminate();
        }
        Map<String, Child> checks = new LinkedHashMap<>();
        for (String each : Cluster.MEMBERS) {
            awaitEnd(each);
            checks.put(each, cluster.checkLog(each));
        }
        for (Map.Entry<String, Child> each : checks.entrySet()) {
            if (!each.getValue().hasEnded(END_SECONDS)) {
                strange.add("dtx log check says no to the log of " + each.getKey());
            }
        }
        List<Entry> journals = Journal.read(cluster.journals());
        Audit audit = Audit.of(journals, Books.read(cluster.databases), statuses(logs));
        audit.problems().addAll(strange);
        List<TransactionHistory> log = logs.values().iterator().next();
        return new Result(
                audit, faults, Takeovers.of(log, journals, faults), Journal.worstStallMillis(journals), ended);
    }

    private List<String> processes() {
        return Stream.of(Cluster.MEMBERS, applications).flatMap(List::stream).toList();
    }

    private void awaitEnd(String process) throws InterruptedException {
        if (!cluster.process(process).hasEnded(END_SECONDS)) {
            strange.add(process + " does not end as it should");
        }
    }

    /** Waits until no transaction is open; whatever is after that time is for the audit to say. */
    private void awaitTransactions() throws InterruptedException {
        try (DtxOperator operator = cluster.operator(Cluster.MEMBERS)) {
            long end = System.nanoTime() + END_SECONDS * 1_000_000_000L;
            while (System.nanoTime() - end < 0
                    && !operator.transactions()
                            .list(each -> !each.status().isFinal())
                            .isEmpty()) {
                Thread.sleep(20);
            }
        }
    }

    private static Map<String, Map<String, TransactionStatus>> statuses(Map<String, List<TransactionHistory>> logs) {
        Map<String, Map<String, TransactionStatus>> statuses = new LinkedHashMap<>();
        logs.forEach((member, log) -> {
            Map<String, TransactionStatus> all = new TreeMap<>();
            log.forEach(each -> all.put(each.id().toString(), each.status()));
            statuses.put(member, all);
        });
        return statuses;
    }
}
