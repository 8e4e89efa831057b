package io.dtx.runtime.coordinator;

import java.util.List;
import java.util.Locale;

/**
 * A bug that the invariants must find.
 *
 * @param name of the bug
 * @param anomaly what it is an example of
 * @param world where it is looked for: a {@link SagaBounds} as text, {@code ATOMIC}, or {@code DIRECTED}
 * @param model the rule that the model breaks, or empty
 * @param find the text of the product's sources that is replaced, or empty
 * @param replacement what replaces it
 */
record PlantedBug(String name, String anomaly, String world, String model, String find, String replacement) {

    private static final String ATOMIC = "ATOMIC";
    private static final String DIRECTED = "DIRECTED";
    private static final String ONE = "L,1,1,outvs,2,0";
    private static final String EXTERNAL = "E,1,1,out,1,0";
    private static final String TWO = "LL,1,1,outa,1,0";
    private static final String REMOTE = "R,1,1,oxutg,1,0";
    private static final String PARKING = "L,1,1,otukpv,2,2";

    /** Bugs of the coordinator: a place in its sources is changed. */
    static final List<PlantedBug> IN_THE_STATE = List.of(
            state(
                    "numbers are ignored",
                    "double execution by client retry",
                    ONE,
                    "boolean repeated = number <= sender.lastNumber();",
                    "boolean repeated = false;"),
            state(
                    "the fence is ignored",
                    "zombie orchestrator",
                    ONE,
                    "if (!sender.isOpen()) {",
                    "if (!sender.isOpen() && number < 0) {"),
            state(
                    "gaps are ignored",
                    "lost compensation",
                    ONE,
                    "if (number > sender.lastNumber() + 1) {",
                    "if (number > sender.lastNumber() + 1_000) {"),
            state(
                    "steps start after the decision",
                    "hanging step",
                    TWO,
                    "if (!tx.isLive() || tx.mode() != TransactionMode.SAGA) {",
                    "if (tx.status().isFinal() || tx.mode() != TransactionMode.SAGA) {"),
            state(
                    "a decided transaction is decided again",
                    "split decision",
                    TWO,
                    "if (!tx.isLive()) {\n            return already(tx);",
                    "if (tx.status().isFinal()) {\n            return already(tx);"),
            state(
                    "commit with an open step",
                    "partial commit",
                    REMOTE,
                    "if (finished + tx.count(StepStatus.FAILED) != tx.steps().size()) {",
                    "if (finished > tx.steps().size()) {"),
            state(
                    "commit whatever the owner has seen",
                    "partial commit",
                    REMOTE,
                    "if (finished != command.stepsSeen()) {",
                    "if (finished < 0) {"),
            state(
                    "resolve what is not parked",
                    "heuristic hidden",
                    "LL,1,1,t,1,1",
                    "if (tx.status() != PARKED) {\n            boolean resolved",
                    "if (tx.status().isFinal()) {\n            boolean resolved"),
            state(
                    "resolved as committed with a step undone",
                    "heuristic hidden",
                    "LL,1,1,tkp,1,1",
                    "mixed ? HEURISTIC_MIXED : RESOLVED",
                    "mixed ? RESOLVED : RESOLVED"),
            state(
                    "never parked",
                    "poison transaction",
                    PARKING,
                    "return step.attempt() < step.attemptLimit()",
                    "return step.attempt() < 10 * step.attemptLimit()"),
            state(
                    "compensates in the order of starting",
                    "out-of-order compensation",
                    TWO,
                    "for (int i = tx.status() == COMPENSATING ? steps.size() - 1 : -1; i >= 0; i--) {",
                    "for (int i = tx.status() == COMPENSATING ? 0 : steps.size(); i < steps.size(); i++) {"),
            state(
                    "steps in doubt are passed over",
                    "forgotten in-doubt",
                    TWO,
                    "if (status != StepStatus.FAILED && status != StepStatus.COMPENSATED) {",
                    "if (status == StepStatus.FINISHED || status == StepStatus.STARTED) {"),
            state(
                    "the owner's expiry does not abort",
                    "zombie orchestrator",
                    ONE,
                    "tx.recovery() == Recovery.BACKWARD && isAbortable(next)",
                    "tx.recovery() == Recovery.FORWARD && isAbortable(next)"),
            state(
                    "an external call is not waited for",
                    "hanging step",
                    EXTERNAL,
                    "return step.isExternal() && step.status() == StepStatus.STARTED",
                    "return step.isExternal() && step.status() == StepStatus.PARKED"),
            state(
                    "a claimed step can fail",
                    "lost compensation",
                    ONE,
                    "if (!step.isOpen() || step.attempt() > 0 || tx.status().isFinal()) {",
                    "if (tx.status().isFinal()) {"),
            state(
                    "a claimer's expiry keeps its claim",
                    "forgotten in-doubt",
                    "L,1,2,oc,2,0",
                    "} else if (step.claimer() == session) {",
                    "} else if (step.claimer() == -session) {"),
            state(
                    "a claim never times out",
                    "forgotten in-doubt",
                    "L,1,2,ot,2,0",
                    "step.claimer() == 0 ? Compensations.freeAt(step) : step.claimDeadline();",
                    "step.claimer() == 0 ? Compensations.freeAt(step) : Long.MAX_VALUE;"),
            state(
                    "a claimed step is claimed again",
                    "double compensation",
                    "L,1,2,o,2,0",
                    "return step != null && step.claimer() == 0 && Compensations.freeAt(step) <= time",
                    "return step != null && Compensations.freeAt(step) <= time"),
            state(
                    "deadlines are not due",
                    "hanging step",
                    "L,1,1,t,1,0",
                    "long deadline = isAbortable(tx) ? tx.deadline() : Long.MAX_VALUE;",
                    "long deadline = Long.MAX_VALUE;"),
            state(
                    "the owner cannot settle for a dead executor",
                    "phantom failure",
                    REMOTE,
                    "|| origin.session() == tx.owner()",
                    "|| origin.session() == -tx.owner()"),
            state(
                    "payloads are looked for in the wrong place",
                    "lost arguments on replay",
                    TWO,
                    "index, firstOrdinal + place);",
                    "index, firstOrdinal);"),
            state(
                    "retention takes parked transactions",
                    "forgotten in-doubt",
                    PARKING,
                    "if (next.isOver()) {",
                    "if (next.status() != TransactionStatus.ACTIVE) {"),
            state(
                    "an older record of a decision replaces a newer one",
                    "resurrected decision",
                    ATOMIC,
                    "if (command.version() <= record.version()) {",
                    "if (command.version() < 0) {"),
            state(
                    "a finished transaction begins again",
                    "resurrected finished transaction",
                    DIRECTED,
                    "owner.state = owner.state.withDeparted(tx.id().number());",
                    "owner.state = owner.state;"),
            state(
                    "a stranger decides",
                    "split decision",
                    DIRECTED,
                    "if (origin.session() != tx.owner() || tx.mode() != TransactionMode.SAGA) {",
                    "if (tx.mode() != TransactionMode.SAGA) {"),
            state(
                    "compensated without an attempt",
                    "lost compensation",
                    DIRECTED,
                    "if (step == null || step.attempt() == 0 ||",
                    "if (step == null ||"),
            state(
                    "one parked transaction hides the others' actions",
                    "poison transaction blocking others",
                    DIRECTED,
                    "Action action = TransactionStateMachine.action(next, time);",
                    "Action action = bytes[Account.PARKED.place] > 0 ? null : TransactionStateMachine.action(next, time);"),
            state(
                    "an expired session is forgotten while a transaction names it",
                    "forgotten in-doubt",
                    DIRECTED,
                    "if (session != null && session.names++ == 0 && !session.state.isOpen()) {",
                    "if (session != null && session.names == 0 && !session.state.isOpen()) {"));

    /** Bugs of owners, claimers, operators, sweepers and transaction managers: a rule of the model is broken. */
    static final List<PlantedBug> IN_THE_WORLD = List.of(
            world(ModelBug.NO_TOMBSTONE, "hanging step", ONE),
            world(ModelBug.OWNER_READS_INSTEAD_OF_SETTLING, "phantom failure", ONE),
            world(ModelBug.NO_KEY_ON_DO, "hanging step", ONE),
            world(ModelBug.NO_KEY_ON_UNDO, "double compensation", ONE),
            world(ModelBug.DOUBT_TAKEN_FOR_FAILURE, "phantom failure", ONE),
            world(ModelBug.INTENT_NOT_AWAITED, "lost compensation", ONE),
            world(ModelBug.UNKNOWN_TOLD_AS_ABORT, "phantom failure", ONE),
            world(ModelBug.EXECUTOR_REPORTS_AFTER_ITS_REPLY, "phantom failure", REMOTE),
            world(ModelBug.SWEEP_BY_TIME_ONLY, "lost compensation", ONE),
            world(ModelBug.SWEEP_PAST_ZOMBIES, "hanging step", ONE),
            world(ModelBug.SESSION_ROW_MADE_ANEW, "zombie orchestrator", ONE),
            world(ModelBug.EMPTY_COMPENSATION_REFUSED, "empty compensation rejected", "L,1,1,o,1,0"),
            world(ModelBug.CLOSED_TAKEN_FOR_UNDONE, "lost compensation", PARKING),
            world(ModelBug.RESOLVED_WITHOUT_CLOSING_UNDO, "double compensation", PARKING),
            world(ModelBug.RESOLVED_WITHOUT_SETTLING_DO, "hanging step", PARKING),
            world(ModelBug.SCAN_BEFORE_EXPIRY, "orphan XA branch", ATOMIC),
            world(ModelBug.DECISION_FORGOTTEN_EARLY, "forgotten in-doubt", ATOMIC),
            world(ModelBug.FORGOTTEN_TAKEN_FOR_FENCED, "split decision", ATOMIC),
            world(ModelBug.COMMIT_BEFORE_DECISION, "partial commit", ATOMIC),
            world(ModelBug.UNKNOWN_TOLD_AS_ABORT, "phantom failure", ATOMIC));

    private static PlantedBug state(String name, String anomaly, String world, String find, String replacement) {
        return new PlantedBug(name, anomaly, world, "", find, replacement);
    }

    private static PlantedBug world(ModelBug bug, String anomaly, String world) {
        String name = bug.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new PlantedBug(name, anomaly, world, bug.name(), "", "");
    }

    @Override
    public String toString() {
        return name;
    }
}
