package io.dtx.runtime.coordinator;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Plays lines such as {@code shop opens}, {@code +100 ms}, {@code shop: begin T1, start T1 1}, {@code shop again: commit T1 1},
 * {@code shop expires}, and tells what came of them.
 */
final class Scenario {

    private final ScriptedLog log = new ScriptedLog();
    private final Map<String, Long> sessions = new LinkedHashMap<>();
    private final Map<String, TransactionId> transactions = new LinkedHashMap<>();
    private final Map<String, String> shown = new LinkedHashMap<>();

    /** Plays one line and returns what came of it. */
    List<String> play(String line) {
        List<String> outcomes = new ArrayList<>();
        String[] words = line.split(" ");
        if (line.startsWith("+")) {
            log.after(Long.parseLong(words[0].substring(1))).tick();
        } else if (words[1].equals("opens")) {
            long session = log.open(words[0]);
            sessions.put(words[0], session);
            outcomes.add("session " + session);
        } else if (words[1].equals("expires")) {
            outcomes.add(text(log.unnumbered(new LogCommand.ExpireSession(session(words[0])))));
        } else {
            send(line, words[0].replace(":", ""), words[1].equals("again:"), outcomes);
        }
        transactions.forEach((name, id) -> {
            String state = state(id);
            if (!state.equals(shown.put(name, state))) {
                outcomes.add(name + " " + state);
            }
        });
        return outcomes;
    }

    private void send(String line, String sender, boolean again, List<String> outcomes) {
        long session = session(sender);
        List<LogCommand> commands = new ArrayList<>();
        for (String text : line.substring(line.indexOf(':') + 1).split(",")) {
            commands.add(command(session, text.trim().split(" ")));
        }
        LogCommand[] unit = commands.toArray(new LogCommand[0]);
        List<Reply> replies = again ? List.of(log.again(session, unit[0])) : log.unit(session, unit);
        outcomes.add(
                "-> " + String.join(", ", replies.stream().map(Scenario::text).toList()));
    }

    private LogCommand command(long session, String[] words) {
        TransactionId tx = words.length == 1
                ? ScriptedLog.id(session, 1)
                : transactions.computeIfAbsent(
                        words[1], name -> ScriptedLog.id(session, Long.parseLong(name.substring(1))));
        int step = words.length > 2 && words[2].matches("\\d+") ? Integer.parseInt(words[2]) : 0;
        int attempt = words.length > 3 && words[3].startsWith("#") ? Integer.parseInt(words[3].substring(1)) : 1;
        return switch (words[0]) {
            case "begin" -> ScriptedLog.begin(tx, words.length > 2 ? Recovery.FORWARD : Recovery.BACKWARD);
            case "start" -> ScriptedLog.start(tx, step);
            case "call" -> ScriptedLog.external(tx, step);
            case "read" -> ScriptedLog.reading(tx, step);
            case "pivot" -> ScriptedLog.pivot(tx, step);
            case "finish" -> ScriptedLog.finish(tx, step);
            case "fail" -> ScriptedLog.fail(tx, step);
            case "doubt" -> ScriptedLog.doubt(tx, step);
            case "commit" -> ScriptedLog.commit(tx, step);
            case "abort" -> ScriptedLog.abort(tx);
            case "claim" -> ScriptedLog.claim(tx, step, attempt);
            case "undone" -> ScriptedLog.undone(tx, step);
            case "failed" -> ScriptedLog.notUndone(tx, step, attempt);
            case "park" -> new LogCommand.Park(tx, ScriptedLog.at(step), attempt, "no such account");
            case "retry" -> new LogCommand.Retry(tx);
            case "resolve" -> new LogCommand.Resolve(tx, LogCommand.Outcome.valueOf(words[2]), "by hand");
            case "close" -> new LogCommand.CloseSession();
            default -> throw new IllegalArgumentException("no command: " + words[0]);
        };
    }

    private String state(TransactionId id) {
        TransactionState tx = log.state.transaction(id);
        if (tx == null) {
            return "gone";
        }
        StringBuilder text = new StringBuilder(tx.status().name());
        if (tx.owner() == 0) {
            text.append(" without owner");
        }
        for (StepState step : tx.steps()) {
            text.append(" | ")
                    .append(StepNumber.text(step.number()))
                    .append(' ')
                    .append(step.status());
            if (step.claimer() != 0) {
                text.append(" #").append(step.attempt()).append(" by ").append(name(step.claimer()));
            }
        }
        for (Action action : log.state.pendingActions()) {
            if (action.transaction().equals(id)) {
                String step = action.step() == 0 ? "re-entry" : StepNumber.text(action.step());
                text.append(" | pending: ").append(step).append(" #").append(action.attempt());
            }
        }
        return text.toString();
    }

    private static String text(Reply reply) {
        return reply.kind()
                + (reply.code().isEmpty() ? "" : "(" + reply.code() + ")")
                + (reply.status() == null ? "" : " " + reply.status());
    }

    private long session(String name) {
        return Objects.requireNonNull(sessions.get(name), () -> name + " has no session");
    }

    private String name(long session) {
        for (Map.Entry<String, Long> entry : sessions.entrySet()) {
            if (entry.getValue() == session) {
                return entry.getKey();
            }
        }
        return "session " + session;
    }
}
