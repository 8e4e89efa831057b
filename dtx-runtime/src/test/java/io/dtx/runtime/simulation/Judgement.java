package io.dtx.runtime.simulation;

import io.dtx.TransactionStatus;
import io.dtx.runtime.Transactions;
import io.dtx.runtime.coordinator.LogWitness;
import io.dtx.runtime.simulation.Told.Answer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what is in effect with what the log has decided, and with what callers were told. */
final class Judgement {

    private final Scenery scenery;
    private final LogWitness log;
    private final List<Told> all;

    Judgement(Scenery scenery, LogWitness log, List<Told> all) {
        this.scenery = scenery;
        this.log = log;
        this.all = all;
    }

    /** Whoever asks a process hears what the log says, or nothing if it has forgotten it. */
    void judgeAnswers(@Nullable Transactions transactions) {
        if (transactions == null) {
            complain("nobody can be asked");
            return;
        }
        for (Told each : all) {
            if (each.id != null) {
                Optional<TransactionStatus> told = transactions.outcome(Objects.requireNonNull(each.id));
                if (told.isPresent() && !told.equals(outcome(each))) {
                    complain("the log says " + outcome(each) + ", and a process says " + told + ": " + each);
                }
            }
        }
    }

    /** When everything has arrived that was under way, and nobody is there any more who could mend it. */
    void judgeEffects() {
        all.forEach(this::judge);
    }

    private Optional<TransactionStatus> outcome(Told told) {
        return told.id == null ? Optional.empty() : log.outcome(Objects.requireNonNull(told.id));
    }

    private void judge(Told told) {
        Optional<TransactionStatus> outcome = outcome(told);
        Set<Integer> there = scenery.effects().there(told.trip.number());
        boolean committed = outcome.filter(TransactionStatus.COMMITTED::equals).isPresent();
        scenery.kernel().note(() -> "judged " + told + ": " + outcome + ", there is " + there);
        if (told.trip.inOnePhase()) {
            judgeAlone(told, there);
            return;
        }
        if (committed && !there.equals(told.finished)) {
            complain("half done: committed with " + there + " in effect: " + told);
        }
        if (committed && !told.isDone()) {
            complain("half done: committed before its end: " + told);
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

    /** Nobody but the resource manager knows how it ended. */
    private void judgeAlone(Told told, Set<Integer> there) {
        if (told.answer == Answer.RETURNED && !there.equals(told.finished)) {
            complain("told that it was committed: " + there + " is in effect: " + told);
        }
        if (told.answer == Answer.THROWN && !there.isEmpty()) {
            complain("told that it was undone: " + there + " is in effect: " + told);
        }
    }

    private void complain(String what) {
        scenery.kernel().complain(what);
    }
}
