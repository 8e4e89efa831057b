package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.runtime.Dtx;
import io.dtx.spi.RetrySchedule;
import io.dtx.spi.StepDescriptor;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A step is not part of a transaction of the server: neither its connection nor its code. */
class ServerTransactionTest {

    private static final StepDescriptor<String> STEP = StepDescriptor.<String>named("Stock.reserve", 1)
            .standalone()
            .retry(RetrySchedule.LIVE, List.of(), List.of())
            .build();

    private final Transaction outer = proxy(Transaction.class);
    private Transaction current = outer;
    private boolean fails;

    @Test
    void it_is_put_aside_for_a_step_and_taken_up_again_however_that_ends() throws Exception {
        try (Dtx dtx = Dtx.builder().config("dtx.log", "memory").build()) {
            dtx.start();
            LazyGateway gateway = new LazyGateway(() -> dtx, () -> new ServerTransaction(manager()));
            dtx.call("order", () -> {
                assertThat(current).isSameAs(outer);
                assertThat(gateway.<String, Exception>step(STEP, out -> {}, () -> "in " + current))
                        .isEqualTo("in null");
                assertThat(current).isSameAs(outer);
                return null;
            });
            assertThatThrownBy(() -> dtx.call(
                            "order",
                            () -> gateway.<String, Exception>step(STEP, out -> {}, () -> {
                                throw new IllegalStateException("sold out in " + current);
                            })))
                    .hasMessage("sold out in null");
            assertThat(current).isSameAs(outer);
        }
    }

    @Test
    void a_step_is_not_run_when_it_cannot_be_put_aside() throws Exception {
        try (Dtx dtx = Dtx.builder().config("dtx.log", "memory").build()) {
            dtx.start();
            LazyGateway gateway = new LazyGateway(() -> dtx, () -> new ServerTransaction(manager()));
            fails = true;
            assertThatThrownBy(() -> dtx.call(
                            "order",
                            () -> gateway.<String, Exception>step(STEP, out -> {}, () -> {
                                throw new AssertionError("was run");
                            })))
                    .hasMessageStartingWith("DTX-6012 the server's transaction could not be put aside");
        }
    }

    private TransactionManager manager() {
        return (TransactionManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TransactionManager.class}, (self, method, arguments) -> {
                    if (fails) {
                        throw new SystemException("out of order");
                    }
                    Transaction before = current;
                    current = method.getName().equals("suspend") ? null : (Transaction) arguments[0];
                    return method.getName().equals("suspend") ? before : null;
                });
    }

    private static <T> T proxy(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> null));
    }
}
