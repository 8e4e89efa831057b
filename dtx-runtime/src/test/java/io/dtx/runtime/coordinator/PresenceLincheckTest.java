package io.dtx.runtime.coordinator;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Until when a session is taken for alive, while its connection breaks and words of it arrive: whichever came last counts, for the
 * time that it has, and for the time that it is given when the leader was held up.
 */
public class PresenceLincheckTest {

    private static final List<Long> OPEN = List.of(1L);
    private static final long TIMEOUT_MILLIS = 200;
    private static final long GRACE_MILLIS = 100;
    private static final long BETWEEN_MILLIS = 150;
    private static final long HELD_UP_MILLIS = 1_000;

    private final Presence presence = new Presence(TIMEOUT_MILLIS, GRACE_MILLIS);

    /** It was heard of. */
    public PresenceLincheckTest() {
        presence.heard(1, 0);
    }

    @Operation
    public void heard() {
        presence.heard(1, 0);
    }

    @Operation
    public void connectionLost() {
        presence.connectionLost(1, 0);
    }

    /** Throws if its connection counts as broken for one of the two, and not for the other. */
    @Validate
    public void whatCameLastCounts() {
        boolean silent = isSilentAt(BETWEEN_MILLIS);
        isSilentAt(HELD_UP_MILLIS);
        boolean silentAgain = isSilentAt(HELD_UP_MILLIS + BETWEEN_MILLIS);
        if (silent != silentAgain) {
            throw new IllegalStateException("silent: " + silent + ", after a pause: " + silentAgain);
        }
    }

    private boolean isSilentAt(long millis) {
        return !presence.silent(OPEN, TimeUnit.MILLISECONDS.toNanos(millis)).isEmpty();
    }

    @Test
    void what_came_last_counts_in_every_interleaving() {
        Interleavings.checksAtTheEnd().check(PresenceLincheckTest.class);
    }

    @Test
    void a_word_that_counts_in_two_steps_is_found() {
        assertThrows(AssertionError.class, () -> Interleavings.checksAtTheEnd().check(Planted.class));
    }

    /** Planted: that it was heard of, and that its connection has broken, are two things. */
    public static class Planted {

        private final AtomicLong left = new AtomicLong(TIMEOUT_MILLIS);
        private final AtomicBoolean away = new AtomicBoolean();

        @Operation
        public void heard() {
            left.set(TIMEOUT_MILLIS);
            away.set(false);
        }

        @Operation
        public void connectionLost() {
            left.set(GRACE_MILLIS);
            away.set(true);
        }

        /** Throws if they say different things. */
        @Validate
        public void whatCameLastCounts() {
            if (away.get() != (left.get() == GRACE_MILLIS)) {
                throw new IllegalStateException("away: " + away + ", but " + left + " ms are left");
            }
        }
    }
}
