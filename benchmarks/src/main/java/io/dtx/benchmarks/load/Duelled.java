package io.dtx.benchmarks.load;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The result of a {@link Duel}. */
public record Duelled(int callers, Measured contender, Measured yardstick) {

    /** Returns how many sagas the contender ended for one of the yardstick: more is better. */
    public Spread throughput() {
        return ratio(Round::perSecond);
    }

    /** Returns how long the contender's median caller waited, in units of the yardstick's: less is better. */
    public Spread median() {
        return ratio(round -> round.micros(50));
    }

    /** Returns whether both did what they were asked to. */
    public boolean isRight() {
        return contender.audit().isClean() && yardstick.audit().isClean();
    }

    private Spread ratio(ToDoubleFunction<Round> figure) {
        return Spread.of(IntStream.range(0, contender.rounds().size())
                .mapToDouble(pair -> figure.applyAsDouble(contender.rounds().get(pair))
                        / figure.applyAsDouble(yardstick.rounds().get(pair)))
                .toArray());
    }
}
