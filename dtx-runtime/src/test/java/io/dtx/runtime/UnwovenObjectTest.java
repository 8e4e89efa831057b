package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Objects of annotated classes that were made with {@code new}, by mistake: nothing of them is woven. */
class UnwovenObjectTest {

    private static final Logger LOG = Logger.getLogger("io.dtx.runtime.invoke");

    @Test
    void a_transaction_whose_steps_were_called_on_one_is_told_of() {
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
        LOG.addHandler(handler);
        LOG.setUseParentHandlers(false);
        try (Dtx dtx = dtx()) {
            Seller seller = dtx.create(Seller.class, new Shelf());
            dtx.start();
            seller.sell();
        } finally {
            LOG.removeHandler(handler);
            LOG.setUseParentHandlers(true);
        }
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("WARNING DTX-2019")
                .contains("not woven");
    }

    @Test
    void registering_one_is_refused() {
        try (Dtx dtx = dtx()) {
            assertThatThrownBy(() -> dtx.register(new Shelf()))
                    .hasMessageStartingWith("DTX-1007 " + Shelf.class.getName() + " is not woven")
                    .hasMessageContaining("dtx.create(Shelf.class");
        }
    }

    @Test
    void a_generated_object_that_nobody_registered_says_how_it_is_made() {
        Shelf shelf = new UnwovenObjectTest_Shelf_DtxBean();
        assertThatThrownBy(shelf::take).hasMessageContaining("DTX-2035");
    }

    private static Dtx dtx() {
        return Dtx.builder().config("dtx.log", "memory").build();
    }

    /** Has a step. */
    public static class Shelf {
        /** Is made with {@code new}, or by dtx. */
        public Shelf() {}

        /** Takes one. */
        @SagaStep(compensate = "putBack")
        public void take() {}

        void putBack() {}
    }

    /** Calls it. */
    public static class Seller {
        private final Shelf shelf;

        /** Sells from it. */
        public Seller(Shelf shelf) {
            this.shelf = shelf;
        }

        /** Sells one. */
        @DistributedTransaction
        public void sell() {
            shelf.take();
        }
    }
}
