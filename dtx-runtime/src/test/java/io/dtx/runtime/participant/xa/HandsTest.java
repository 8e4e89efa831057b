package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Branches get threads beside their transaction's own while that is worth a hand-over. */
class HandsTest {

    private final Executor workers = Runnable::run;

    @Test
    void they_are_lent_while_few_transactions_end_and_again_once_the_crowd_has_gone() {
        Hands hands = new Hands(workers, 2);
        hands.begins();
        hands.begins();
        assertThat(hands.free()).isSameAs(workers);

        hands.begins();
        assertThat(hands.free()).isNull();

        hands.ended();
        assertThat(hands.free()).isSameAs(workers);
    }

    @Test
    void nobody_gets_any_where_branches_are_to_wait_for_each_other() {
        Hands hands = new Hands(workers, 0);
        hands.begins();

        assertThat(hands.free()).isNull();
    }
}
