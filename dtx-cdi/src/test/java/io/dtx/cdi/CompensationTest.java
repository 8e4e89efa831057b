package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.StepContext;
import io.dtx.StepResult;
import io.dtx.StepRetry;
import io.dtx.TransactionStatus;
import io.dtx.cdi.Containers.Extensions;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.TransactionHistory;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Compensations get their beans from the container, also in the process after the one that ran the steps. */
class CompensationTest {

    private static final List<String> TRACE = Collections.synchronizedList(new ArrayList<>());
    private static volatile boolean receiverIsDown;

    @TempDir
    Path directory;

    @BeforeEach
    void useTheDirectory() {
        Settings.directory = directory;
        TRACE.clear();
    }

    @AfterEach
    void useMemory() {
        Settings.directory = null;
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void request_scoped_and_dependent_beans_compensate_after_a_restart(Extensions extensions) {
        receiverIsDown = true;
        try (WeldContainer container = start(extensions)) {
            Orders orders = container.select(Orders.class).get();
            assertThatThrownBy(() -> orders.place("a")).hasMessage("no ship");
        }
        assertThat(TRACE).doesNotContain("release a", "refund a");
        TRACE.clear();

        receiverIsDown = false;
        try (WeldContainer container = start(extensions)) {
            Dtx dtx = container.select(Dtx.class).get();
            TransactionHistory ended = awaitEnd(dtx);

            assertThat(ended.status()).isEqualTo(TransactionStatus.COMPENSATED);
            assertThat(TRACE)
                    .containsExactly(
                            "refund a Optional[7]",
                            "payments gone",
                            "ledger gone",
                            "release a in its request",
                            "stock gone");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void in_the_same_process_they_compensate_before_the_caller_hears_of_it(Extensions extensions) {
        receiverIsDown = false;
        try (WeldContainer container = start(extensions)) {
            assertThatThrownBy(() -> container.select(Orders.class).get().place("a"))
                    .hasMessage("no ship");

            assertThat(TRACE).contains("release a in its request", "refund a Optional[7]");
        }
    }

    private static WeldContainer start(Extensions extensions) {
        return Containers.start(
                extensions,
                Settings.class,
                Orders.class,
                CompensationTest_Orders_DtxBean.class,
                Stock.class,
                CompensationTest_Stock_DtxBean.class,
                Payments.class,
                CompensationTest_Payments_DtxBean.class,
                Request.class,
                Ledger.class);
    }

    private static TransactionHistory awaitEnd(Dtx dtx) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < deadline) {
            List<TransactionHistory> ended = dtx.transactions().list(each -> each.ended() != null);
            if (!ended.isEmpty()) {
                return ended.get(0);
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("still open: " + dtx.transactions().list(each -> true));
    }

    private static void demandReceiver() {
        if (receiverIsDown) {
            throw new IllegalStateException("the receiver is down");
        }
    }

    @ApplicationScoped
    static class Orders {
        @Inject
        Stock stock;

        @Inject
        Payments payments;

        @ActivateRequestContext
        @DistributedTransaction
        public void place(String what) {
            stock.reserve(what);
            payments.charge(what);
            throw new IllegalStateException("no ship");
        }
    }

    @RequestScoped
    static class Stock {
        @Inject
        Request request;

        @SagaStep(compensate = "release", compensationRetry = @StepRetry(delay = "50ms", maxDelay = "50ms"))
        public void reserve(String what) {
            request.note(what);
        }

        void release(String what) {
            demandReceiver();
            TRACE.add("release " + what + (request.isActive() ? " in its request" : ""));
        }

        @PreDestroy
        void end() {
            TRACE.add("stock gone");
        }
    }

    @Dependent
    static class Payments {
        @Inject
        Ledger ledger;

        @SagaStep(compensate = "refund", compensationRetry = @StepRetry(delay = "50ms", maxDelay = "50ms"))
        public long charge(String what) {
            return 7;
        }

        void refund(String what, @StepResult Optional<Long> charge, StepContext context) {
            demandReceiver();
            TRACE.add("refund " + what + " " + charge);
        }

        @PreDestroy
        void end() {
            TRACE.add("payments gone");
        }
    }

    @RequestScoped
    static class Request {
        private String noted = "";

        void note(String what) {
            noted = what;
        }

        boolean isActive() {
            return noted != null;
        }
    }

    @Dependent
    static class Ledger {
        @PreDestroy
        void end() {
            TRACE.add("ledger gone");
        }
    }
}
