package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.SagaStep;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Two objects of one class share its compensations. */
class RegisteredBeansTest {

    @Test
    void a_second_object_of_a_class_with_compensations_is_warned_of() {
        List<String> lines = said(dtx -> {
            dtx.create(Card.class);
            dtx.create(Card.class);
        });
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("WARNING DTX-1043 " + Card.class.getName())
                .contains("subclass");
    }

    @Test
    void the_same_object_again_and_objects_without_compensations_are_not() {
        List<String> lines = said(dtx -> {
            dtx.register(dtx.create(Card.class));
            dtx.create(Look.class);
            dtx.create(Look.class);
        });
        assertThat(lines).isEmpty();
    }

    private static List<String> said(Consumer<Dtx> what) {
        Logger logger = Logger.getLogger(RegisteredBeans.class.getName());
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try (Dtx dtx = Dtx.builder().config("dtx.log", "memory").build()) {
            what.accept(dtx);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return lines;
    }

    /** Has a compensation. */
    public static class Card {
        /** Is made by dtx. */
        public Card() {}

        /** Charges. */
        @SagaStep(compensate = "refund")
        public void charge() {}

        void refund() {}
    }

    /** Has none. */
    public static class Look {
        /** Is made by dtx. */
        public Look() {}

        /** Looks. */
        @SagaStep(compensate = SagaStep.NONE)
        public void look() {}
    }
}
