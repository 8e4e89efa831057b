package io.dtx.runtime.coordinator;

import static io.dtx.runtime.coordinator.RecordedModel.difference;

import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.RecordedModel.Step;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes every step of the recorded model with the product's state: brings it to the state before the step, by other steps of the
 * model, and compares the answer, the state after it and what is pending then. Called in the loader of a mutated product, too.
 */
public final class ModelWalk {

    private static final int SESSIONS = 4;
    private static final TransactionId ID = ScriptedLog.id(1, 1);
    private static final List<String> BRANCHES = List.of("east", "west");

    private final ScriptedLog log = new ScriptedLog();

    /** Opens the sessions; each has sent a command already, so that there is one that may come again. */
    private ModelWalk() {
        for (int session = 1; session <= SESSIONS; session++) {
            log.open("node" + session);
        }
        for (int session = 1; session <= SESSIONS; session++) {
            log.send(session, new LogCommand.Retry(ScriptedLog.id(session, 9)));
        }
    }

    /** Walks all steps; returns the first difference, or how many steps there were, beginning with "nothing". */
    public static String all() throws IOException {
        RecordedModel model = RecordedModel.read();
        Map<Integer, List<Step>> paths = model.paths();
        for (Step step : model.steps()) {
            ModelWalk walk = new ModelWalk();
            List<Step> path = Objects.requireNonNull(paths.get(step.from()), () -> step + " cannot be reached");
            path.forEach(walk::take);
            String found = walk.compare(model, step);
            if (found != null) {
                return found + ", at " + step + " after " + path;
            }
        }
        return "nothing in " + model.steps().size() + " steps from "
                + model.states().size() + " states";
    }

    private @Nullable String compare(RecordedModel model, Step step) {
        String before = difference("before", model.states().get(step.from()), state());
        if (before != null) {
            return before;
        }
        String answer = difference("answer", step.answer(), take(step).kind());
        if (answer != null) {
            return answer;
        }
        String after = difference("after", model.states().get(step.to()), state());
        return after != null
                ? after
                : difference("pending", pending(model.states().get(step.to())), pending());
    }

    private Reply take(Step step) {
        LogCommand command = command(step);
        if (command.kind() == LogCommand.Kind.EXPIRE_SESSION) {
            return log.unnumbered(command);
        }
        return step.again() ? log.again(step.session(), command) : log.send(step.session(), command);
    }

    private static LogCommand command(Step step) {
        int argument = step.argument();
        return switch (step.command()) {
            case "Expire" -> new LogCommand.ExpireSession(argument);
            case "Record" -> new LogCommand.RecordDecision(ID, "uid", argument, new byte[] {1});
            case "Forget" -> new LogCommand.ForgetDecision(ID);
            case "Heuristic" ->
                new LogCommand.RecordHeuristic(ID, BRANCHES.get(argument), LogCommand.Heuristic.MIXED, "by itself");
            case "Claim" -> new LogCommand.ClaimAction(ID, 0, argument, 1_000);
            case "Resolve" -> new LogCommand.Resolve(ID, LogCommand.Outcome.COMMIT, "by hand");
            default -> throw new IllegalArgumentException(step.toString());
        };
    }

    /** Returns the state in the model's words. */
    private String state() {
        StringBuilder text = new StringBuilder();
        for (int session = 1; session < SESSIONS; session++) {
            SessionState each = log.state.session(session);
            text.append(each != null && each.isOpen() ? 1 : 0);
        }
        TransactionState tx = log.state.transaction(ID);
        if (tx == null) {
            return text + " ABSENT";
        }
        TransactionState.Decision decision = Objects.requireNonNull(tx.decision());
        text.append(' ').append(tx.status());
        text.append(decision.outcome() == LogCommand.Outcome.COMMIT ? " to-commit" : " to-abort");
        text.append(" owner=").append(tx.owner());
        text.append(" claims=").append(tx.entries());
        text.append(" version=").append(tx.record() == null ? 0 : tx.record().version());
        text.append(" marks=");
        for (String branch : BRANCHES) {
            text.append(tx.steps().stream().anyMatch(each -> isOf(each, branch)) ? 1 : 0);
        }
        return text.append(tx.resolution() == null ? 0 : 1).toString();
    }

    private static boolean isOf(StepState step, String branch) {
        return branch.equals(step.intent().resource());
    }

    private List<Action> pending() {
        return log.state.pendingActions();
    }

    /** What nobody serves waits for a claim, with the number of the next one. */
    private static List<Action> pending(@Nullable String state) {
        String text = Objects.requireNonNull(state);
        if (!text.contains(TransactionStatus.COMPLETING.name()) || !text.contains("owner=0")) {
            return List.of();
        }
        int claims = Integer.parseInt(text.replaceAll(".*claims=(\\d+).*", "$1"));
        return List.of(new Action(ID, 0, claims + 1));
    }
}
