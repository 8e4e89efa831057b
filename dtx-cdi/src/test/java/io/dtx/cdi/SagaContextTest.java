package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextRestorer;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a container with Jakarta Concurrency does with the context of sagas. */
class SagaContextTest {

    private final ThreadContextProvider context = ServiceLoader.load(ThreadContextProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(SagaContext.class::isInstance)
            .findFirst()
            .orElseThrow();

    @Test
    void a_container_finds_it_and_puts_other_threads_into_the_saga() throws Exception {
        assertThat(context.getThreadContextType()).isEqualTo("io.dtx.Saga");
        try (Dtx dtx = Dtx.builder().config("dtx.log", "memory").build()) {
            dtx.start();
            dtx.call("apart", () -> {
                TransactionId id = TransactionContext.current().id();
                assertThat(elsewhere(context.currentContext(Map.of()))).isEqualTo(id);
                assertThat(elsewhere(context.clearedContext(Map.of()))).isNull();
                return id;
            });
            assertThat(elsewhere(context.currentContext(Map.of()))).isNull();
        }
    }

    /** Returns the transaction that another thread is in between the beginning and the end of a context. */
    private static TransactionId elsewhere(ThreadContextSnapshot snapshot) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    ThreadContextRestorer restorer = snapshot.begin();
                    try {
                        return TransactionContext.isActive()
                                ? TransactionContext.current().id()
                                : null;
                    } finally {
                        restorer.endContext();
                        assertThat(TransactionContext.isActive()).isFalse();
                    }
                })
                .get();
    }
}
