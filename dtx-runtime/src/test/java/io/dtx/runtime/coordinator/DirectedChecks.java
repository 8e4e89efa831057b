package io.dtx.runtime.coordinator;

import static io.dtx.runtime.coordinator.ScriptedLog.abort;
import static io.dtx.runtime.coordinator.ScriptedLog.at;
import static io.dtx.runtime.coordinator.ScriptedLog.begin;
import static io.dtx.runtime.coordinator.ScriptedLog.claim;
import static io.dtx.runtime.coordinator.ScriptedLog.commit;
import static io.dtx.runtime.coordinator.ScriptedLog.finish;
import static io.dtx.runtime.coordinator.ScriptedLog.id;
import static io.dtx.runtime.coordinator.ScriptedLog.start;
import static io.dtx.runtime.coordinator.ScriptedLog.undone;

import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What no process of the model worlds ever tries, because it is a client's bug or takes more than one transaction. */
final class DirectedChecks {

    private static final Map<String, BooleanSupplier> CHECKS = Map.of(
            "F2 only the owner decides", DirectedChecks::onlyTheOwnerDecides,
            "no resurrection", DirectedChecks::whatHasLeftNeverBeginsAgain,
            "S3 compensated after an attempt only", DirectedChecks::nothingIsCompensatedUnattempted,
            "V2 a parked transaction delays no other", DirectedChecks::aParkedTransactionDelaysNoOther,
            "F1 an ended session stays while it is named", DirectedChecks::anEndedSessionStaysWhileNamed);

    static final int COUNT = CHECKS.size();

    private DirectedChecks() {}

    /** Returns the invariants that do not hold. */
    static List<String> violations() {
        List<String> violations = new ArrayList<>();
        CHECKS.forEach((invariant, holds) -> {
            if (!holds.getAsBoolean()) {
                violations.add(invariant);
            }
        });
        return violations;
    }

    private static boolean onlyTheOwnerDecides() {
        ScriptedLog log = new ScriptedLog();
        long owner = log.open("n1");
        long stranger = log.open("n2");
        TransactionId id = id(owner, 1);
        log.unit(owner, begin(id), start(id, 1), finish(id, 1));
        boolean refused = log.send(stranger, abort(id)).is(Reply.Kind.REJECTED)
                && log.send(stranger, commit(id, 1)).is(Reply.Kind.REJECTED);
        return refused && log.tx(id).status() == TransactionStatus.ACTIVE;
    }

    private static boolean whatHasLeftNeverBeginsAgain() {
        ScriptedLog log = new ScriptedLog();
        long owner = log.open("n1");
        TransactionId id = id(owner, 7);
        log.unit(owner, begin(id), commit(id, 0));
        log.after(2 * Limits.DEFAULT.retentionMillis()).tick();
        return log.send(owner, begin(id)).is(Reply.Kind.FORGOTTEN) && log.state.transaction(id) == null;
    }

    private static boolean nothingIsCompensatedUnattempted() {
        ScriptedLog log = new ScriptedLog();
        long owner = log.open("n1");
        TransactionId id = id(owner, 1);
        log.unit(owner, begin(id), start(id, 1), finish(id, 1), abort(id));
        return log.send(owner, undone(id, 1)).is(Reply.Kind.REJECTED)
                && log.tx(id).status() == TransactionStatus.COMPENSATING;
    }

    private static boolean aParkedTransactionDelaysNoOther() {
        ScriptedLog log = new ScriptedLog();
        long owner = log.open("n1");
        TransactionId poison = id(owner, 1);
        TransactionId other = id(owner, 2);
        log.unit(owner, begin(poison), start(poison, 1), finish(poison, 1), abort(poison), claim(poison, 1, 1));
        log.send(owner, new LogCommand.Park(poison, at(1), 1, "no such account"));
        log.unit(owner, begin(other), start(other, 1), finish(other, 1), abort(other));
        return log.state.pendingActions().equals(List.of(new Action(other, at(1), 1)));
    }

    private static boolean anEndedSessionStaysWhileNamed() {
        ScriptedLog log = new ScriptedLog();
        long owner = log.open("n1");
        TransactionId id = id(owner, 1);
        log.unit(owner, begin(id), start(id, 1), finish(id, 1));
        log.unnumbered(new LogCommand.ExpireSession(owner));
        log.after(3 * Limits.DEFAULT.retentionMillis()).tick();
        return log.state.session(owner) != null
                && log.send(owner, commit(id, 1)).is(Reply.Kind.FENCED);
    }
}
