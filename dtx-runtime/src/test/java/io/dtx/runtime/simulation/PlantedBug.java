package io.dtx.runtime.simulation;

import io.dtx.runtime.coordinator.MutatedSources;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A bug that simulated histories must find.
 *
 * @param changes what is written in place of texts of the product's sources, each in a file of its own
 */
record PlantedBug(String name, Map<String, String> changes) {

    static final List<String> PACKAGES =
            List.of("protocol", "coordinator", "invoke", "log", "session", "participant/guard", "participant/xa");

    private static final String LISTED = "return listed.entrySet().stream()\n                .map(each -> new Branch(\n"
            + "                        each.getKey(),\n                        each.getValue(),\n"
            + "                        decided.get(each.getValue().uid())))\n";

    static final List<PlantedBug> ALL = List.of(
            new PlantedBug(
                    "doubt is taken for failure",
                    "doubt |= !(failure instanceof NotCalledException) && !step.provesNoEffect(failure);",
                    "doubt |= failure instanceof Error;"),
            new PlantedBug(
                    "a step without a guard row is not closed",
                    "Ended ended = resource.own(\"settle\", transaction -> tombstone);",
                    "Ended ended = resource.own(\"settle\", transaction -> null);"),
            new PlantedBug(
                    "log time begins anew at a start",
                    "return lastStamp + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startNanos);",
                    "return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startNanos);"),
            new PlantedBug(
                    "log time is the wall clock's",
                    "return lastStamp + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startNanos);",
                    "return System.currentTimeMillis() + 0 * lastStamp;"),
            new PlantedBug(
                    "unknown is told as undone",
                    "} catch (CoordinatorStoppedException | TimeoutException e) {\n            throw unknown(scope, e);",
                    "} catch (CoordinatorStoppedException | TimeoutException e) {\n"
                            + "            throw aborted(scope, Reply.rejected(\"stopped\", null));"),
            new PlantedBug(
                    "a call does not wait for its intent",
                    "intent.await(deadlineNanos);\n        } catch (Exception e) {\n            scope.fail(false, e);",
                    "if (deadlineNanos == 0) {\n            intent.await(deadlineNanos);\n            }\n"
                            + "        } catch (Exception e) {\n            scope.fail(false, e);"),
            new PlantedBug(
                    "steps in doubt are passed over",
                    "if (status != StepStatus.FAILED && status != StepStatus.COMPENSATED) {",
                    "if (status == StepStatus.FINISHED || status == StepStatus.STARTED) {"),
            new PlantedBug(
                    "the owner's expiry does not abort",
                    "tx.recovery() == Recovery.BACKWARD && isAbortable(next)",
                    "tx.recovery() == Recovery.FORWARD && isAbortable(next)"),
            new PlantedBug(
                    "the owner's expiry commits",
                    "tx.recovery() == Recovery.BACKWARD && isAbortable(next)\n                ? abort(next, SESSION_ENDED, origin)",
                    "tx.recovery() == Recovery.BACKWARD && isAbortable(next)\n"
                            + "                ? next.count(StepStatus.FINISHED) > 0\n"
                            + "                        ? next.decided(COMMITTED, Outcome.COMMIT, SESSION_ENDED, origin)\n"
                            + "                                .ended(COMMITTED, origin)\n"
                            + "                        : abort(next, SESSION_ENDED, origin)"),
            new PlantedBug(
                    "earlier sessions are left open",
                    "earlier.forEach(id -> commands.add(new LogCommand.ExpireSession(id)));",
                    ""),
            new PlantedBug(
                    "who waits is woken before the answer is there",
                    "replies = entry;\n        LockSupport.unpark(waiter);",
                    "LockSupport.unpark(waiter);\n        replies = entry;"),
            new PlantedBug(
                    "nobody is told that actions pend",
                    "if (pending) {\n            whenActionsPend.run();",
                    "if (pending && lock.isHeldByCurrentThread()) {\n            whenActionsPend.run();"),
            new PlantedBug(
                    "the decision is told before it is durable",
                    "while (!isSettled()) {\n            LockSupport.park(this);",
                    "while (!isSettled() && commands.size() == 0) {\n            LockSupport.park(this);"),
            new PlantedBug(
                    "a guarded step commits without its intent",
                    "intent.await();\n            } catch (FencedException e) {",
                    "if (call.attempt() < 0) {\n                intent.await();\n                }\n"
                            + "            } catch (FencedException e) {"),
            new PlantedBug(
                    "a step commits without a guard row",
                    "return GuardRow.effect(resource, call, Direction.DO, result);",
                    "return null;"),
            new PlantedBug(
                    "a compensation commits without a guard row",
                    "return GuardRow.effect(resource, call, Direction.UNDO, null);",
                    "return null;"),
            new PlantedBug(
                    "a compensation does not settle first",
                    "return settlement.tookEffect() ? undo(call, compensation) : new ActionResult(Kind.COMPENSATED, null);",
                    "return undo(call, compensation);"),
            new PlantedBug(
                    "a lost answer to a commit is taken for a roll-back",
                    "return end(new Ended(Ended.Kind.UNKNOWN, e));",
                    "return end(new Ended(Ended.Kind.ROLLED_BACK, e));"),
            new PlantedBug(
                    "rows are swept while their transactions are open",
                    "if (each.old() && mark != null && id.number() < mark && !known.contains(id)) {",
                    "if (mark != null) {"),
            new PlantedBug(
                    "compensates in the order of starting",
                    "for (int i = tx.status() == COMPENSATING ? steps.size() - 1 : -1; i >= 0; i--) {",
                    "for (int i = tx.status() == COMPENSATING ? 0 : steps.size(); i < steps.size(); i++) {"),
            new PlantedBug(
                    "payloads are looked for in the wrong place",
                    "index, firstOrdinal + place);",
                    "index, firstOrdinal);"),
            new PlantedBug("the fence is ignored", "if (!sender.isOpen()) {", "if (!sender.isOpen() && number < 0) {"),
            new PlantedBug(
                    "a tombstone is taken for an effect",
                    "return kind == GuardRow.Kind.EFFECT;",
                    "return kind != null;"),
            new PlantedBug(
                    "a compensation without an answer is taken for done",
                    "case CONFLICT, UNKNOWN -> recorded(",
                    "case UNKNOWN -> new ActionResult(Kind.COMPENSATED, null);\n            case CONFLICT -> recorded("),
            new PlantedBug(
                    "a tombstone without an answer is taken for written",
                    "if (ended.is(Ended.Kind.COMMITTED)) {\n                    return new RecordedStep",
                    "if (!ended.is(Ended.Kind.NOT_ALLOWED)) {\n                    return new RecordedStep"),
            new PlantedBug(
                    "a deadlock that was caught is forgotten",
                    "if (doom == null && dialect.endsTransaction(each)) {",
                    "if (doom == null && dialect.endsTransaction(each) && use == null) {"),
            new PlantedBug(
                    "the owner does not settle",
                    "case UNKNOWN -> settled(forward.failure());",
                    "case UNKNOWN -> failed(forward.failure(), false);"),
            new PlantedBug(
                    "a refused intent is taken for accepted",
                    "if (!intent || reply.is(Reply.Kind.ACCEPTED, Reply.Kind.ALREADY)) {",
                    "if (!intent || reply.kind() != null) {"),
            new PlantedBug("marks pass open transactions", "(s, low) -> Math.min(low, id.number())", "(s, low) -> low"),
            new PlantedBug(
                    "marks pass what an ended session left open",
                    "return lowest.getOrDefault(session, Long.MAX_VALUE);",
                    "return Long.MAX_VALUE;"),
            new PlantedBug("new sessions are swept", "return session > index;", "return session > index + 1_000_000;"),
            new PlantedBug(
                    "no session replaces an ended one",
                    "Thread thread = new Thread(this::reopen, \"dtx-session\");",
                    "Thread thread = new Thread(this::close, \"dtx-session\");"),
            new PlantedBug("a replacing session has no row at the database", "beforeUse.accept(next.id());", ""),
            new PlantedBug(
                    "heartbeats do not tell what pends",
                    "boolean pending = open && !member.pendingActions(session, 1).isEmpty();",
                    "boolean pending = open && member.pendingActions(session, 1) == null;"),
            new PlantedBug(
                    "an exception commits",
                    "if (descriptor.rollsBackOn(failure)) {\n                    scope.end();\n                    abort(",
                    "if (descriptor.rollsBackOn(failure) && failure instanceof Error) {\n"
                            + "                    scope.end();\n                    abort("),
            new PlantedBug(
                    "whatever was decided is told as committed",
                    "&& (reply.status() == TransactionStatus.COMMITTED || reply.status() == TransactionStatus.COMPLETING)",
                    "&& reply.status() != TransactionStatus.COMPLETING"),
            new PlantedBug(
                    "FORGOTTEN is told as undone",
                    "if (reply.is(Reply.Kind.FORGOTTEN, Reply.Kind.GAP)) {",
                    "if (reply.is(Reply.Kind.GAP)) {"),
            new PlantedBug("a snapshot leaves arguments out", "addIfPresent(payloads, step.intent().arguments());", ""),
            new PlantedBug("a worker keeps its place", "} finally {\n            place.leave();", "} finally {"),
            new PlantedBug(
                    "whoever asks what is to be undone dies when nobody answers",
                    "askAgain(e, ++failures);",
                    "throw e;"),
            new PlantedBug(
                    "silent sessions are not ended",
                    "if (now - aliveUntil.computeIfAbsent(",
                    "if (0L * now - aliveUntil.computeIfAbsent("),
            new PlantedBug(
                    "branches of sessions that are open are taken for abandoned",
                    "&& !others.contains(each.name().session()))",
                    "&& each.name().session() >= 0)"),
            new PlantedBug(
                    "branches that are worked on are taken for abandoned",
                    "!atWork.contains(each.name().uid())",
                    "each.name() != null"),
            new PlantedBug(
                    "a decision is forgotten while a branch is left",
                    "if (ended && !remaining.contains(decision.uid())) {",
                    "if (ended) {"),
            new PlantedBug(
                    "branches that are prepared late are not looked for",
                    "next = System.nanoTime() + (clean ? intervalNanos : Math.min(SECOND, intervalNanos));",
                    "next = clean ? Long.MAX_VALUE : System.nanoTime() + SECOND;"),
            new PlantedBug(
                    "whoever commits a branch believes its answer, and may roll back the others",
                    Map.of(
                            "InDoubt.commit(resource, xid);\n            }\n        } catch (XAException e) {\n            failed(xid, e);",
                            "resource.commit(xid, false);\n            }\n        } catch (XAException e) {\n            failed(xid, e);",
                            "if (decision != Decision.NONE || log.isCommitted(id)) {",
                            "if (decision == Decision.UNKNOWN) {")),
            new PlantedBug(
                    "what is listed is not looked at",
                    "for (Xid each : list(resource)) {",
                    "for (Xid each : List.<Xid>of()) {"),
            new PlantedBug(
                    "branches are listed after the decisions are read",
                    LISTED + "                .filter(each -> !atWork.contains(",
                    "for (Xid each : InDoubt.list(branches)) {\n            BranchName name = BranchName.of(each);\n"
                            + "            if (name != null && name.cluster() == cluster) {\n                listed.put(each, name);\n"
                            + "            }\n        }\n        " + LISTED
                            + "                .filter(each -> !open.uids().contains("),
            new PlantedBug("a decision that was refused is taken for recorded", "yield false;", "yield true;"),
            new PlantedBug(
                    "a decision is forgotten before all resources were asked",
                    "return scan != null && scan.isComplete() && scan.abandoned().contains(decision.transaction());",
                    "return true;"),
            new PlantedBug(
                    "branches keep the name of a session that was ended",
                    "Narayana.rename(this, BranchName.node(present.cluster(), session));",
                    ""));

    PlantedBug(String name, String find, String replacement) {
        this(name, Map.of(find, replacement));
    }

    /** Returns the classes that are different with this bug. */
    Map<String, byte[]> classes(MutatedSources sources) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        for (Map.Entry<String, String> each : changes.entrySet()) {
            classes.putAll(sources.changed(each.getKey(), each.getValue()));
        }
        return classes;
    }

    @Override
    public String toString() {
        return name;
    }
}
