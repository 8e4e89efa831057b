package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long FAST = 5_000;
    private static final long SLOW = 700_000;
    private static final long PAUSE = 1_000_000_000;

    private final Pace pace = new Pace();

    @Test
    void a_resource_is_slow_until_it_has_shown_that_it_is_fast() {
        assertThat(pace.isSlow()).isTrue();
        answers(3, FAST);
        assertThat(pace.isSlow()).isTrue();
        answers(30, FAST);
        assertThat(pace.isSlow()).isFalse();
    }

    @Test
    void one_pause_makes_no_fast_resource_slow_but_staying_slow_does() {
        answers(100, FAST);
        answers(1, PAUSE);
        answers(3, FAST);
        assertThat(pace.isSlow()).isFalse();
        answers(3, SLOW);
        assertThat(pace.isSlow()).isTrue();
    }

    @Test
    void a_slow_resource_stays_slow_whatever_a_few_calls_say() {
        answers(100, SLOW);
        answers(3, FAST);
        assertThat(pace.isSlow()).isTrue();
    }

    private void answers(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            pace.answered(nanos);
        }
    }
}
