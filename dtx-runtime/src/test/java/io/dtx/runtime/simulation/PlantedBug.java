package io.dtx.runtime.simulation;

import java.util.List;

/**
 * A bug that simulated histories must find.
 *
 * @param find the text of the product's sources that is replaced
 */
record PlantedBug(String name, String find, String replacement) {

    static final List<String> PACKAGES =
            List.of("protocol", "coordinator", "invoke", "log", "session", "participant/guard");

    static final List<PlantedBug> ALL = List.of(
            new PlantedBug(
                    "a call does not wait for its intent",
                    "intent.await(deadlineNanos);\n        } catch (Exception e) {\n            scope.fail(false, e);",
                    "if (deadlineNanos == 0) {\n            intent.await(deadlineNanos);\n            }\n"
                            + "        } catch (Exception e) {\n            scope.fail(false, e);"),
            new PlantedBug(
                    "a step without a guard row is not closed",
                    "Ended ended = resource.own(\"settle\", transaction -> tombstone);",
                    "Ended ended = resource.own(\"settle\", transaction -> null);"),
            new PlantedBug(
                    "log time begins anew at a start",
                    "return lastStamp + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startNanos);",
                    "return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startNanos);"),
            new PlantedBug(
                    "unknown is told as undone",
                    "} catch (CoordinatorStoppedException | TimeoutException e) {\n            throw unknown(scope, e);",
                    "} catch (CoordinatorStoppedException | TimeoutException e) {\n"
                            + "            throw aborted(scope, Reply.rejected(\"stopped\", null));"),
            new PlantedBug(
                    "doubt is taken for failure",
                    "doubt |= !(failure instanceof NotCalledException) && !step.provesNoEffect(failure);",
                    "doubt |= failure instanceof Error;"),
            new PlantedBug(
                    "steps in doubt are passed over",
                    "if (status != StepStatus.FAILED && status != StepStatus.COMPENSATED) {",
                    "if (status == StepStatus.FINISHED || status == StepStatus.STARTED) {"),
            new PlantedBug(
                    "the owner's expiry does not abort",
                    "tx.recovery() == Recovery.BACKWARD && isAbortable(next)",
                    "tx.recovery() == Recovery.FORWARD && isAbortable(next)"),
            new PlantedBug(
                    "earlier sessions are left open",
                    "earlier.forEach(id -> commands.add(new LogCommand.ExpireSession(id)));",
                    ""),
            new PlantedBug(
                    "who waits is woken before the answer is there",
                    "replies = answered;\n        LockSupport.unpark(waiter);",
                    "LockSupport.unpark(waiter);\n        replies = answered;"),
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
                    "earlier sessions are not fenced",
                    "if (update(connection, \"state = 'F'\", session, \"\") == 0 && makes) {",
                    "if (session < 0 && makes) {"),
            new PlantedBug(
                    "a decided transaction is decided again",
                    "if (!tx.isLive()) {\n            return already(tx);",
                    "if (tx.status().isFinal()) {\n            return already(tx);"),
            new PlantedBug(
                    "marks pass what the log may hold", "Math.min(low, own.lowWaterMark())", "own.lowWaterMark()"),
            new PlantedBug("whoever asks what is to be undone dies when nobody answers", "askAgain(e);", "throw e;"),
            new PlantedBug(
                    "silent sessions are not ended",
                    "if (now - aliveUntil.computeIfAbsent(",
                    "if (0L * now - aliveUntil.computeIfAbsent("));

    @Override
    public String toString() {
        return name;
    }
}
