package io.dtx.runtime.coordinator;

import io.dtx.StepContext;
import io.dtx.runtime.participant.ActionResult;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.Participants;
import io.dtx.runtime.participant.RegisteredStep;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.StepScope;
import io.dtx.runtime.participant.ToldFailure;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.Contexts;
import io.dtx.spi.MalformedRecordException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Runs one claimed compensation attempt: finds the bean, reads what was recorded, and calls it behind its guard. */
final class Compensator {

    private static final System.Logger LOG = System.getLogger(Compensator.class.getName());

    private final Coordinator coordinator;
    private final Participants participants;
    private final Map<String, GuardedResource> resources;
    private final Set<Fence> fences = ConcurrentHashMap.newKeySet();

    private record Fence(String resource, long session) {}

    Compensator(Coordinator coordinator, Participants participants, Map<String, GuardedResource> resources) {
        this.coordinator = coordinator;
        this.participants = participants;
        this.resources = resources;
    }

    /** Makes the attempt; never throws. */
    ActionResult attempt(TransactionState transaction, StepState step, int attempt, long deadlineNanos) {
        RegisteredStep registered = participants.step(step.intent().name());
        if (registered == null) {
            return park("DTX-4001 no bean of this application has the step "
                    + step.intent().name()
                    + ": deploy the class again, or resolve the transaction by hand; then retry.");
        }
        if (registered.descriptor().contract() != step.intent().contract()) {
            return park("DTX-4002 " + step.intent().name() + " records other types now than when this transaction ran:"
                    + " deploy the earlier version for it, or resolve the transaction by hand; then retry.");
        }
        StepCall call = new StepCall(
                transaction.id(),
                step.number(),
                step.intent().name(),
                attempt,
                coordinator.session().id(),
                deadlineNanos);
        try {
            coordinator.fenceFormerLog(transaction.id(), resources.values());
            String unknown = unknownSteps(transaction);
            if (unknown != null) {
                return park(unknown);
            }
        } catch (Throwable e) { // mostly a resource that does not answer
            return new ActionResult(ActionResult.Kind.FAILED, e);
        }
        try {
            return step.intent().resource() == null
                    ? external(registered, step, call)
                    : guarded(registered, step, call);
        } catch (Throwable failure) {
            return afterFailure(registered, failure);
        }
    }

    /** Says which steps of a restored transaction were done after the backup, and are to be undone before the others; null: none. */
    private @Nullable String unknownSteps(TransactionState transaction) {
        if (transaction.id().cluster() == coordinator.cluster()) {
            return null;
        }
        for (GuardedResource each : resources.values()) {
            for (long step : each.inEffect(transaction.id())) {
                if (transaction.step(step) == null) {
                    return "DTX-4024 step " + StepNumber.text(step) + " is in effect on resource \"" + each.name()
                            + "\", but was done after the backup: this log does not know it. Undo it by hand, then DELETE FROM"
                            + " dtx_guard WHERE transaction_id = '" + transaction.id() + "' AND step_number = " + step
                            + " there, and retry; or put all of the transaction right by hand, and resolve it.";
                }
            }
        }
        return null;
    }

    private ActionResult external(RegisteredStep registered, StepState step, StepCall call) throws Throwable {
        byte[] result = step.result() == null ? null : coordinator.read(step.result());
        run(registered, step, call, result);
        return new ActionResult(ActionResult.Kind.COMPENSATED, null);
    }

    private ActionResult guarded(RegisteredStep registered, StepState step, StepCall call) {
        GuardedResource resource = resources.get(step.intent().resource());
        if (resource == null) {
            return park("DTX-4003 resource \"" + step.intent().resource() + "\" of "
                    + step.intent().name() + " is not registered in this process: register it, then retry.");
        }
        if (!resource.databaseId().equals(step.intent().databaseId())) {
            return park("DTX-4004 resource \"" + step.intent().resource() + "\" is database " + resource.databaseId()
                    + " here, but " + step.intent().name() + " ran on database "
                    + step.intent().databaseId()
                    + ": connect that one, then retry. If its guard tables were made anew, do not"
                    + " retry, but see DTX-8030.");
        }
        if (call.transaction().cluster() == coordinator.cluster()) { // else all sessions of its log are fenced by now
            fence(resource, step.intent().executor());
        }
        ActionResult result =
                resource.compensate(call, step.intent().executor(), recorded -> run(registered, step, call, recorded));
        Throwable failure = result.failure();
        if (failure == null) {
            return result;
        }
        return result.kind() == ActionResult.Kind.FAILED
                ? afterFailure(registered, failure)
                : new ActionResult(result.kind(), told(registered, failure));
    }

    /** Keeps a session that others, or we, have ended from committing anything more; settling need not wait for it. */
    private void fence(GuardedResource resource, long executor) {
        Fence fence = new Fence(resource.name(), executor);
        if (!coordinator.isShared() || fences.contains(fence) || coordinator.isOpen(executor)) {
            return; // alone, the sessions before this one were fenced at the start
        }
        try {
            resource.fence(executor);
            fences.add(fence);
        } catch (ResourceUnavailableException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-4023 session " + executor + " is not fenced on " + resource.name()
                            + " yet; its steps are settled one by one meanwhile.",
                    e);
        }
    }

    private void run(RegisteredStep registered, StepState step, StepCall call, byte @Nullable [] result)
            throws Throwable {
        byte[] arguments = step.intent().arguments() == null
                ? new byte[0]
                : coordinator.read(step.intent().arguments());
        StepContext context = new StepScope(call, true);
        Contexts.step(context);
        try {
            registered
                    .bean()
                    .with(bean -> registered
                            .participant()
                            .compensate(
                                    bean,
                                    registered.descriptor(),
                                    new ArgumentReader(arguments),
                                    result == null ? null : new ArgumentReader(result),
                                    context));
        } finally {
            Contexts.step(null);
        }
    }

    private static ActionResult afterFailure(RegisteredStep registered, Throwable failure) {
        boolean hopeless = failure instanceof MalformedRecordException
                || !registered.descriptor().retriesCompensationOn(failure);
        return new ActionResult(
                hopeless ? ActionResult.Kind.PARK : ActionResult.Kind.FAILED, told(registered, failure));
    }

    /** Returns what is reported and logged: of a step with sensitive values nothing that anybody else has said. */
    private static Throwable told(RegisteredStep registered, Throwable failure) {
        return registered.descriptor().isSensitive() ? ToldFailure.withoutMessages(failure) : failure;
    }

    private static ActionResult park(String reason) {
        return new ActionResult(ActionResult.Kind.PARK, new IllegalStateException(reason));
    }
}
