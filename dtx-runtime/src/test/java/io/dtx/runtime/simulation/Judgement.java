package io.dtx.runtime.simulation;

import io.dtx.TransactionStatus;
import io.dtx.runtime.Transactions;
import io.dtx.runtime.simulation.Told.Answer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what is in effect with what the log has decided, and with what callers were told. */
final class Judgement {

    private final Scenery scenery;
    private final List<Told> all;

    Judgement(Scenery scenery, List<Told> all) {
        this.scenery = scenery;
        this.all = all;
    }

    void judge(@Nullable Transactions transactions) {
        if (transactions == null) {
            scenery.kernel().complain("nothing can be judged");
            return;
        }
        for (Told each : all) {
            judge(each, transactions);
        }
    }

    private void judge(Told told, Transactions transactions) {
        Optional<TransactionStatus> outcome =
                told.id == null ? Optional.empty() : transactions.outcome(Objects.requireNonNull(told.id));
        Set<Integer> there = scenery.effects().there(told.trip.number());
        boolean whole = there.equals(told.finished) && !there.isEmpty();
        boolean committed = outcome.map(TransactionStatus.COMMITTED::equals).orElse(whole); // it may have left
        scenery.kernel().note(() -> "judged " + told + ": " + outcome + ", there is " + there);
        if (committed && !there.equals(told.finished)) {
            complain("half done: committed with " + there + " in effect: " + told);
        }
        if (!committed && !there.isEmpty()) {
            complain("half undone: " + outcome + " with " + there + " in effect: " + told);
        }
        boolean empty = told.finished.isEmpty() && outcome.isEmpty(); // without a step nothing is logged
        if (told.answer == Answer.RETURNED && !committed && !empty) {
            complain("told that it was committed: " + outcome + ": " + told);
        }
        if (told.answer == Answer.THROWN && committed) {
            complain("told that it was undone: " + outcome + ": " + told);
        }
    }

    private void complain(String what) {
        scenery.kernel().complain(what);
    }
}
