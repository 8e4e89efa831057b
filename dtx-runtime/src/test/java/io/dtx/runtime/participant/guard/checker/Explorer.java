package io.dtx.runtime.participant.guard.checker;

import java.util.ArrayList;
import java.util.List;

/**
 * Enumerates schedules of two actors, depth first: all of them that switch away from an actor that could go on at most so
 * many times. A schedule is a list of choices; behind its end the present actor goes on as long as it can.
 */
final class Explorer {

    private final int switchesMax;
    private final List<Choice> choices = new ArrayList<>();
    private int at;
    private int switches;
    private int current;

    /** One point where both actors could go on; {@code taken} is 0 for the present one. */
    private static final class Choice {
        private final int switchesBefore;
        private int taken;

        Choice(int switchesBefore) {
            this.switchesBefore = switchesBefore;
        }
    }

    Explorer(int switchesMax) {
        this.switchesMax = switchesMax;
    }

    /** Begins a schedule with an actor. */
    void begin(int first) {
        at = 0;
        switches = 0;
        current = first;
    }

    /** Returns who goes next. */
    int choose(boolean firstCan, boolean secondCan) {
        if (firstCan && secondCan) {
            if (at == choices.size()) {
                choices.add(new Choice(switches));
            }
            if (choices.get(at++).taken == 1) {
                switches++;
                current = 1 - current;
            }
        } else {
            current = firstCan ? 0 : 1;
        }
        return current;
    }

    /** Moves to the next schedule; false if there is none. */
    boolean next() {
        while (choices.size() > at) { // the last run was shorter than its predecessor
            choices.remove(choices.size() - 1);
        }
        while (!choices.isEmpty()) {
            Choice last = choices.get(choices.size() - 1);
            if (last.taken == 0 && last.switchesBefore < switchesMax) {
                last.taken = 1;
                return true;
            }
            choices.remove(choices.size() - 1);
        }
        return false;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        choices.forEach(each -> text.append(each.taken == 1 ? 'x' : '-'));
        return text.toString();
    }
}
