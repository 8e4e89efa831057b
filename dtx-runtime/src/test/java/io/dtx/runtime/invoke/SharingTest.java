package io.dtx.runtime.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharingTest {

    private final Sharing sharing = new Sharing();

    @Test
    void whoever_has_waited_for_all_tasks_lets_no_other_begin() throws Exception {
        assertThat(sharing.enter()).isTrue();
        sharing.leave();

        assertThat(sharing.awaitTasks(System.nanoTime())).isZero();

        assertThat(sharing.enter()).isFalse();
        assertThat(sharing.isOver()).isTrue();
    }

    @Test
    void tasks_that_have_not_ended_in_time_may_begin_others_until_the_end_is_said() throws Exception {
        assertThat(sharing.enter()).isTrue();

        assertThat(sharing.awaitTasks(System.nanoTime())).isEqualTo(1);

        assertThat(sharing.enter()).isTrue();
        sharing.end();
        assertThat(sharing.enter()).isFalse();
    }
}
