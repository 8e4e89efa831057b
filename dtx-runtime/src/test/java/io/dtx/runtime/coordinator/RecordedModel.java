package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every step that the log of the Spin model takes in any of its runs, as {@code docs/models/check.sh} has recorded them.
 *
 * @param states what the log's state is, by its number; 1 is the first
 * @param steps all of them
 */
record RecordedModel(Map<Integer, String> states, List<Step> steps) {

    private static final String FILE = "models/two-phase-commit.txt";

    /**
     * A command that is applied.
     *
     * @param from the state before it
     * @param again whether it is a copy of one that was applied
     * @param argument the session, version, branch or attempt; 0 where there is none
     * @param to the state after it
     */
    record Step(int from, int session, boolean again, String command, int argument, Reply.Kind answer, int to) {}

    static RecordedModel read() throws IOException {
        Map<Integer, String> states = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        int state = 0;
        for (String line : Files.readAllLines(RecordedText.path(FILE))) {
            if (line.startsWith(" ")) {
                steps.add(step(state, line));
            } else if (!line.startsWith("#")) {
                int space = line.indexOf(' ');
                state = Integer.parseInt(line.substring(0, space));
                states.put(state, line.substring(space + 1));
            }
        }
        return new RecordedModel(states, steps);
    }

    /** Returns the steps that lead to each state, as few as possible. */
    Map<Integer, List<Step>> paths() {
        Map<Integer, List<Step>> paths = new HashMap<>();
        Deque<Integer> next = new ArrayDeque<>(List.of(1));
        paths.put(1, List.of());
        for (Integer at = next.poll(); at != null; at = next.poll()) {
            for (Step step : steps) {
                if (step.from == at && !paths.containsKey(step.to)) {
                    List<Step> path = new ArrayList<>(paths.getOrDefault(at, List.of()));
                    path.add(step);
                    paths.put(step.to, path);
                    next.add(step.to);
                }
            }
        }
        return paths;
    }

    private static Step step(int state, String line) {
        String[] parts = line.split(" -> ");
        List<String> command = new ArrayList<>(List.of(parts[0].strip().split(" ")));
        int session = Integer.parseInt(command.remove(0));
        boolean again = command.remove("again");
        int argument = command.size() > 1 ? Integer.parseInt(command.get(1)) : 0;
        String[] outcome = parts[1].split(" ");
        int to = outcome.length > 1 ? Integer.parseInt(outcome[1]) : state;
        return new Step(state, session, again, command.get(0), argument, Reply.Kind.valueOf(outcome[0]), to);
    }

    /** Says how a state, or an answer, differs from the recorded one, or null. */
    static @Nullable String difference(String what, Object recorded, Object actual) {
        return recorded.equals(actual) ? null : what + ": the model has " + recorded + ", the state machine " + actual;
    }
}
