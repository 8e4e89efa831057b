package io.dtx.runtime.participant.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends steps that are out of time, with drivers that fail in ways of their own. */
class StepWatchTest {

    private static final Use USE = Use.own("stock", "test");

    private final StepWatch watch = new StepWatch("stock");

    @AfterEach
    void stop() {
        watch.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10})
    void a_driver_that_fails_to_cancel_or_to_abort_keeps_no_other_step_from_being_ended(long lateSeconds)
            throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        LocalTransaction hangs = running(() -> {
            asked.countDown();
            throw new AbstractMethodError("planted: an old driver");
        });
        hangs.watch(watch, System.nanoTime() - TimeUnit.SECONDS.toNanos(lateSeconds));
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        CountDownLatch cancelled = new CountDownLatch(1);
        LocalTransaction next = running(cancelled::countDown);
        next.watch(watch, System.nanoTime());

        assertThat(cancelled.await(20, TimeUnit.SECONDS))
                .as("whether the next statement is cancelled")
                .isTrue();
    }

    /** Returns a transaction whose statement runs. */
    private static LocalTransaction running(Runnable whenEnded) throws SQLException {
        Connection connection = fake(Connection.class, whenEnded);
        LocalTransaction transaction = new LocalTransaction(connection, H2Dialect.of(connection), USE, false);
        transaction.running(fake(PreparedStatement.class, whenEnded));
        return transaction;
    }

    private static <T> T fake(Class<T> type, Runnable whenEnded) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (List.of("cancel", "abort").contains(method.getName())) {
                        whenEnded.run();
                    }
                    return null;
                }));
    }
}
