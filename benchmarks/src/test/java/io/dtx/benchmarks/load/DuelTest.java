package io.dtx.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class DuelTest {

    private static final int CALLERS = 4;
    private static final long TURN_NANOS = 20_000_000;

    @Test
    void both_sides_of_a_duel_are_audited_and_compared_pair_by_pair() throws Exception {
        Duelled duel = Duel.run(new Correct(), new Correct(), CALLERS, 3, TURN_NANOS);

        assertThat(duel.isRight()).isTrue();
        assertThat(duel.throughput().trials()).isEqualTo(3);
        assertThat(duel.contender().audit().sagas()).isGreaterThan(CALLERS);
        assertThat(duel.contender().audit().verdict()).startsWith("every step of ");
        assertThat(duel.contender().forces()).isEqualTo(2);
    }

    @Test
    void one_lost_step_among_all_is_found() throws Exception {
        Contender loses = new Correct() {
            @Override
            void step(int caller, int sequence, int step) {
                if (!isPlanted(caller, sequence, step)) {
                    super.step(caller, sequence, step);
                }
            }
        };

        Audit audit = Duel.run(loses, new Correct(), CALLERS, 1, TURN_NANOS)
                .contender()
                .audit();

        assertThat(audit.isClean()).isFalse();
        assertThat(audit.lost()).isEqualTo(1);
        assertThat(audit.verdict()).startsWith("WRONG: ").contains("1 steps lost");
    }

    @Test
    void one_repeated_step_among_all_is_found() throws Exception {
        Contender repeats = new Correct() {
            @Override
            void step(int caller, int sequence, int step) {
                super.step(caller, sequence, step);
                if (isPlanted(caller, sequence, step)) {
                    super.step(caller, sequence, step);
                }
            }
        };

        Duelled duel = Duel.run(new Correct(), repeats, CALLERS, 1, TURN_NANOS);

        assertThat(duel.isRight()).isFalse();
        assertThat(duel.yardstick().audit().repeated()).isEqualTo(1);
    }

    @Test
    void one_compensated_step_among_all_is_found() throws Exception {
        Contender compensates = new Correct() {
            @Override
            void step(int caller, int sequence, int step) {
                super.step(caller, sequence, step);
                if (isPlanted(caller, sequence, step)) {
                    ledger().compensated(caller, sequence);
                }
            }
        };

        Duelled duel = Duel.run(compensates, new Correct(), CALLERS, 1, TURN_NANOS);

        assertThat(duel.contender().audit().compensated()).isEqualTo(1);
        assertThat(duel.isRight()).isFalse();
    }

    @Test
    void a_saga_that_fails_ends_the_duel() {
        Contender fails = new Correct() {
            @Override
            void step(int caller, int sequence, int step) {
                throw new IllegalStateException("planted");
            }
        };

        assertThatThrownBy(() -> Duel.run(fails, new Correct(), CALLERS, 1, TURN_NANOS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("planted");
    }

    @Test
    void the_median_of_an_even_number_of_trials_is_between_the_middle_two() {
        assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(1, 2.5, 4, 4));
    }

    @Test
    void a_warm_up_lasts_until_both_sides_are_steady() throws Exception {
        assertThat(new WarmUp(5, 200).run(cheaperUntil(40), cheaperUntil(60), TURN_NANOS))
                .isBetween(60, 80); // after two windows that are alike
        assertThat(new WarmUp(5, 50).run(cheaperUntil(40), cheaperUntil(60), TURN_NANOS))
                .isEqualTo(50);
        assertThat(new WarmUp(80, 90).run(cheaperUntil(0), cheaperUntil(0), TURN_NANOS))
                .isEqualTo(80);
    }

    /** A side whose sagas take less and less CPU in the first turns. */
    private static Side cheaperUntil(int turns) {
        return new Side() {
            private int turn;

            @Override
            public Round turn(long nanos) {
                turn++;
                return new Round(nanos, new Histogram(3), 100, 1_000_000 + 50_000L * Math.max(0, turns - turn));
            }

            @Override
            public String name() {
                return "cheaper";
            }

            @Override
            public Audit audit() {
                throw new UnsupportedOperationException();
            }

            @Override
            public long forces() {
                return 0;
            }
        };
    }

    /** Does what it should, unless a test plants something. */
    private static class Correct implements Contender {

        private final Ledger ledger = new Ledger(CALLERS, 3);

        void step(int caller, int sequence, int step) {
            ledger.mark(caller, sequence, step);
        }

        static boolean isPlanted(int caller, int sequence, int step) {
            return caller == 2 && sequence == 1 && step == 1;
        }

        @Override
        public String name() {
            return "correct";
        }

        @Override
        public void saga(int caller, int sequence) {
            for (int step = 0; step < 3; step++) {
                step(caller, sequence, step);
            }
        }

        @Override
        public Ledger ledger() {
            return ledger;
        }

        @Override
        public long forces() {
            return 2 * ledger.audit().sagas();
        }

        @Override
        public void close() {}
    }
}
