package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class DtxConfigTest {

    @Test
    void what_nobody_says_has_its_default() {
        DtxConfig config = DtxConfig.read(Map.of());

        assertThat(config.text(Setting.LOG)).isEqualTo("file");
        assertThat(config.millis(Setting.TRANSACTION_TIMEOUT)).isEqualTo(60_000);
        assertThat(config.transactionTimeoutMillis("OrderService.place")).isZero();
        assertThat(config.node()).isNotBlank();
    }

    @Test
    void the_builder_wins_over_system_properties() {
        System.setProperty("dtx.retention", "3m");
        try {
            assertThat(DtxConfig.read(Map.of()).millis(Setting.RETENTION)).isEqualTo(180_000);
            assertThat(DtxConfig.read(Map.of("dtx.retention", "1h")).millis(Setting.RETENTION))
                    .isEqualTo(3_600_000);
        } finally {
            System.clearProperty("dtx.retention");
        }
    }

    @Test
    void a_transaction_may_have_a_timeout_of_its_own() {
        DtxConfig config = DtxConfig.read(Map.of("dtx.transaction.\"OrderService.place\".timeout", "5s"));

        assertThat(config.transactionTimeoutMillis("OrderService.place")).isEqualTo(5_000);
        assertThat(config.transactionTimeoutMillis("OrderService.cancel")).isZero();
    }

    @Test
    void an_unknown_key_is_a_warning_that_names_the_nearest_one() {
        List<String> warnings = warnings(() -> DtxConfig.read(Map.of("dtx.log.dri", "x")));

        assertThat(warnings)
                .containsExactly(
                        "DTX-1012 configuration key dtx.log.dri means nothing to dtx; did you mean dtx.log.dir?");
    }

    @Test
    void a_wrong_value_is_an_error_that_names_key_and_form() {
        DtxConfig config =
                DtxConfig.read(Map.of("dtx.retention", "soon", "dtx.log", "papyrus", "dtx.open.bytes.max", "many"));

        assertThatThrownBy(() -> config.millis(Setting.RETENTION))
                .isInstanceOf(DtxException.class)
                .hasMessage(
                        "DTX-1011 configuration key dtx.retention: \"soon\" is no length of time: write a whole number and a"
                                + " unit, such as 500ms, 30s, 5m, 2h or 1d");
        assertThatThrownBy(() -> config.oneOf(Setting.LOG, "file", "memory"))
                .hasMessage("DTX-1011 configuration key dtx.log: \"papyrus\" is none of [file, memory]");
        assertThatThrownBy(() -> config.number(Setting.OPEN_BYTES_MAX)).hasMessageContaining("is no whole number");
    }

    static List<String> warnings(Runnable task) {
        List<String> messages = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                messages.add(new java.util.logging.SimpleFormatter().formatMessage(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(DtxConfig.class.getName());
        logger.addHandler(handler);
        try {
            task.run();
        } finally {
            logger.removeHandler(handler);
        }
        return messages;
    }
}
