package io.dtx.runtime.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dtx.TransactionAbortedException;
import io.dtx.TransactionContext;
import io.dtx.TransactionStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages, reasons and names that come from others stay on the line that they are printed on, and do not fill the log. */
class TextOfOthersTest {

    private static final String FORGED = "no road\r\nSEVERE: DTX-0000 forged\u0085\u2028\u001b[2J";
    private static final String LINE = "no road SEVERE: DTX-0000 forged [2J";

    @TempDir
    Path directory;

    private SecretsRig rig;

    @BeforeEach
    void open() {
        rig = new SecretsRig(directory);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void the_message_of_an_exception_stays_on_its_line() {
        rig.faults.plan("ship", address -> new IllegalStateException(FORGED));

        assertThat(rig.failure(() -> rig.cards.ship("the moon"))).hasMessage(FORGED);

        assertThat(rig.history().steps().get(0).failure()).endsWith(": " + LINE);
        assertThat(rig.history().decision()).endsWith(": " + LINE);
        nothingIsForged();
    }

    @Test
    void so_does_the_message_of_a_compensation_in_the_log_with_its_cause() {
        rig.faults.plan("recall", address -> {
            IllegalStateException failure = new IllegalStateException(FORGED, new IllegalArgumentException(FORGED));
            failure.addSuppressed(new IllegalArgumentException(FORGED));
            return failure;
        });

        rig.failure(() -> {
            rig.cards.ship("the moon");
            throw new IllegalStateException("changed my mind");
        });

        assertThat(rig.history().status()).isEqualTo(TransactionStatus.PARKED);
        assertThat(rig.history().steps().get(0).failure()).endsWith(": " + LINE);
        assertThat(rig.log.await("DTX-4011", 1))
                .contains("java.lang.IllegalStateException: " + LINE)
                .contains("at " + CardService.class.getName() + ".recall")
                .contains("Caused by: java.lang.IllegalArgumentException: " + LINE);
        nothingIsForged();
    }

    @Test
    void a_compensation_that_fails_with_one_line_is_logged_as_it_failed() {
        rig.faults.plan("recall", address -> {
            IllegalStateException failure = new IllegalStateException("no road from " + address);
            failure.addSuppressed(new IllegalArgumentException("nor a bridge"));
            return failure;
        });

        rig.failure(() -> {
            rig.cards.ship("the moon");
            throw new IllegalStateException("changed my mind");
        });

        rig.history();
        assertThat(rig.log.await("DTX-4011", 1)).contains("no road from the moon", "nor a bridge");
    }

    @Test
    void so_do_reasons_and_the_names_of_threads() throws InterruptedException {
        Throwable aborted = rig.failure(() -> {
            rig.cards.ship("the moon");
            TransactionContext.current().setRollbackOnly(FORGED);
        });
        assertThat(aborted)
                .isInstanceOf(TransactionAbortedException.class)
                .message()
                .endsWith(": " + LINE);

        Throwable[] outside = new Throwable[1];
        Thread thread = new Thread(() -> outside[0] = catchThrowable(() -> rig.cards.ship("the moon")), FORGED);
        thread.start();
        thread.join();
        assertThat(outside[0]).hasMessageContaining("on thread " + LINE + ":");
        nothingIsForged();
    }

    @Test
    void so_does_the_reason_of_an_operator() {
        rig.faults.plan("recall", address -> new IllegalStateException("no road"));
        rig.failure(() -> {
            rig.cards.ship("the moon");
            throw new IllegalStateException("changed my mind");
        });
        assertThat(rig.history().status()).isEqualTo(TransactionStatus.PARKED);

        rig.dtx.transactions().resolve(rig.last.get(), TransactionStatus.COMPENSATED, FORGED);

        assertThat(rig.history().resolution()).endsWith(": " + LINE);
        nothingIsForged();
    }

    @Test
    void a_name_that_is_none_is_refused() {
        for (String name : new String[] {"", " ", "a\nb", "a\"b", "x".repeat(101), " a", "a\u2028b"}) {
            assertThatThrownBy(() -> rig.dtx.<Integer>call(name, () -> 1))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("DTX-2036")
                    .message()
                    .doesNotContain("\n", "\u2028");
        }
        assertThat(catchThrowable(() -> rig.dtx.<Integer>call("Größe 3, x".repeat(10), () -> 1)))
                .isNull();
    }

    @Test
    void a_failure_with_an_endless_message_does_not_stop_the_log() {
        String endless = "page not found ".repeat(2_000_000);
        rig.faults.plan("ship", address -> new IllegalStateException(endless));
        rig.faults.plan("recall", address -> new IllegalStateException(endless));
        rig.faults.plan("announce", card -> new IllegalStateException(endless));

        rig.failure(() -> {
            assertThatThrownBy(() -> rig.cards.ship("the moon")).hasMessage(endless);
            TransactionContext.current().setRollbackOnly(endless);
            throw new IllegalStateException(endless);
        });

        assertThat(rig.history().decision()).hasSize("ABORT: ".length() + 500).endsWith("…");
        assertThat(rig.failure(() -> rig.cards.charge("ada", "4111"))).isNull();
    }

    @Test
    void a_failure_that_cannot_say_what_it_is_is_recorded_by_its_type() {
        rig.faults.plan("ship", address -> new SpeechlessException());
        rig.faults.plan("recall", address -> new SpeechlessException());

        rig.failure(() -> rig.cards.ship("the moon"));

        assertThat(rig.history().status()).isEqualTo(TransactionStatus.COMPENSATED);
        assertThat(rig.history().decision()).isEqualTo("ABORT: " + SpeechlessException.class.getName());
    }

    private void nothingIsForged() {
        assertThat(rig.told()).contains(LINE);
        assertThat(rig.told().lines()).noneMatch(line -> line.startsWith("SEVERE: DTX-0000"));
        assertThat(rig.told()).doesNotContain("\u0085", "\u2028", "\u001b", "\r");
    }

    /** Throws when it is asked for its message. */
    private static final class SpeechlessException extends Exception {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }
}
