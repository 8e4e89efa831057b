package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final List<Long> OPEN = List.of(7L, 9L);

    private final Presence presence = new Presence(2_000, 500);
    private long now = 1_000_000;

    @Test
    void a_session_that_was_never_heard_of_has_its_full_time() {
        ask();

        assertThat(silentAfter(1_950)).isEmpty();
        assertThat(silentAfter(100)).containsExactlyInAnyOrder(7L, 9L);
    }

    @Test
    void whoever_is_heard_of_stays() {
        ask();
        silentAfter(1_500);

        presence.heard(7, now);

        assertThat(silentAfter(1_000)).containsExactly(9L);
    }

    @Test
    void a_broken_connection_shortens_the_time_and_the_next_word_restores_it() {
        ask();
        presence.connectionLost(7, now);
        presence.connectionLost(9, now);
        silentAfter(300);
        presence.heard(9, now);

        assertThat(silentAfter(300)).containsExactly(7L);
        assertThat(silentAfter(1_600)).containsExactly(7L);
        assertThat(silentAfter(200)).containsExactlyInAnyOrder(7L, 9L);
    }

    @Test
    void a_broken_connection_never_lengthens_the_time() {
        ask();
        silentAfter(1_900);

        presence.connectionLost(7, now);

        assertThat(silentAfter(200)).contains(7L);
    }

    @Test
    void a_leader_that_was_held_up_itself_ends_nobody() {
        ask();

        now += TimeUnit.MILLISECONDS.toNanos(10_000);

        assertThat(presence.silent(OPEN, now)).isEmpty();
        assertThat(silentAfter(1_950)).isEmpty();
    }

    @Test
    void a_leader_that_was_held_up_grants_the_grace_again_to_those_whose_connection_has_broken() {
        ask();
        presence.connectionLost(7, now);
        now += TimeUnit.MILLISECONDS.toNanos(10_000);
        ask();

        assertThat(silentAfter(400)).isEmpty();
        assertThat(silentAfter(200)).containsExactly(7L);
    }

    @Test
    void a_new_leader_grants_everybody_the_full_time() {
        ask();
        silentAfter(1_900);

        presence.restart();

        assertThat(silentAfter(1_900)).isEmpty();
    }

    @Test
    void what_is_not_open_any_more_is_forgotten() {
        ask();
        presence.silent(List.of(9L), now);
        presence.connectionLost(7, now);

        assertThat(silentAfter(1_900)).isEmpty();
    }

    private void ask() {
        assertThat(presence.silent(OPEN, now)).isEmpty();
    }

    /** Asks every 50 ms, as the leader does, and returns the last answer. */
    private List<Long> silentAfter(long millis) {
        List<Long> silent = List.of();
        for (long passed = 0; passed < millis; passed += 50) {
            now += TimeUnit.MILLISECONDS.toNanos(50);
            silent = presence.silent(OPEN, now);
        }
        return silent;
    }
}
