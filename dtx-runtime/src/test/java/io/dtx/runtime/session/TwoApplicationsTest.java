package io.dtx.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.SagaStep;
import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.DtxMember;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two applications with one coordinator, and a step of the same name: each undoes its own. */
class TwoApplicationsTest {

    @TempDir
    Path directory;

    @Test
    void what_one_application_cannot_undo_yet_is_not_undone_by_another_that_has_a_step_of_that_name() throws Exception {
        Map<String, String> settings =
                Map.of("dtx.log", "file", "dtx.log.dir", directory.toString(), "dtx.member.listen", "127.0.0.1:0");
        try (DtxMember member = DtxMember.start(settings);
                Dtx shop = dtx("shop", member.port());
                Dtx billing = dtx("billing", member.port())) {
            ShopPayments payments = shop.create(ShopPayments.class);
            BillingPayments others = billing.create(BillingPayments.class);
            shop.start();
            billing.start();
            payments.failures.set(3);

            assertThatThrownBy(() -> shop.call("buy", () -> {
                        payments.charge("ada", 100);
                        throw new IllegalStateException("no stock");
                    }))
                    .hasMessage("no stock");

            awaitCompensated(shop);
            assertThat(payments.refunded).containsExactly("ada");
            assertThat(others.refunded).isEmpty();
        }
    }

    private static void awaitCompensated(Dtx dtx) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (dtx.transactions()
                .list(each -> each.status() == TransactionStatus.COMPENSATED)
                .isEmpty()) {
            assertThat(System.nanoTime() - end).as("nanoseconds too late").isNegative();
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static Dtx dtx(String application, int port) {
        return Dtx.builder()
                .config("dtx.log", "raft")
                .config("dtx.members", "127.0.0.1:" + port)
                .config("dtx.application", application)
                .config("dtx.node", application + "-1")
                .build();
    }

    /** Its provider is down at first. */
    public static class ShopPayments {

        final List<String> refunded = new CopyOnWriteArrayList<>();
        final AtomicInteger failures = new AtomicInteger();

        /** Does nothing. */
        @SagaStep(name = "Payments.charge", compensate = "refund")
        public void charge(String customer, long cents) {}

        void refund(String customer, long cents) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the provider is down");
            }
            refunded.add(customer);
        }
    }

    /** Another class of another application. */
    public static class BillingPayments {

        final List<String> refunded = new CopyOnWriteArrayList<>();

        /** Does nothing. */
        @SagaStep(name = "Payments.charge", compensate = "refund")
        public void charge(String customer, long cents) {}

        void refund(String customer, long cents) {
            refunded.add(customer);
        }
    }
}
