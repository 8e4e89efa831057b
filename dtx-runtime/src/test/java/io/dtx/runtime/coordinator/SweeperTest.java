package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.log.AppendUnknownException;
import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.GuardedResource.KnownTransactions;
import io.dtx.runtime.participant.GuardedResource.OpenSession;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.SessionBatch;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SweeperTest {

    private final BlockingQueue<Collection<?>> marks = new LinkedBlockingQueue<>();
    private volatile boolean failing;
    private volatile @Nullable Error error; // of the next sweep
    private volatile @Nullable KnownTransactions known; // to the first sweep

    /** A log that stops, with an entry that may be there after the next start. */
    private final Coordinator coordinator = new Coordinator(
            new ForwardingLog(new MemoryLog()) {
                @Override
                public CompletableFuture<Long> append(List<SessionBatch> batches) {
                    return failing
                            ? CompletableFuture.failedFuture(new AppendUnknownException("planted", null))
                            : log.append(batches);
                }
            },
            Limits.DEFAULT);

    @Test
    void no_mark_passes_a_transaction_that_the_log_may_hold_although_the_state_does_not() throws Exception {
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        OwnSession session = coordinator.session();
        TransactionId unknown = session.next();
        failing = true;
        LogCommand begin = new LogCommand.Begin(unknown, "Orders.place", Recovery.BACKWARD, 60_000, null);
        Submission submission = coordinator.submit(List.of(begin), true);
        assertThatThrownBy(submission::join).isInstanceOf(CoordinatorStoppedException.class);
        session.release(unknown);

        Sweeper sweeper = new Sweeper(coordinator, List.of(resource()), 1, 1);
        sweeper.start();

        assertThat(marks.poll(10, TimeUnit.SECONDS))
                .singleElement()
                .satisfies(mark -> assertThat(((OpenSession) mark).low()).isLessThanOrEqualTo(unknown.number()));
        sweeper.close(1_000);
        coordinator.close();
    }

    @Test
    void a_session_that_was_opened_after_the_look_is_not_taken_for_ended() throws Exception {
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        long earlier = coordinator.session().id();

        Sweeper sweeper = new Sweeper(coordinator, List.of(resource()), 1, 1);
        sweeper.start();

        assertThat(marks.poll(10, TimeUnit.SECONDS)).hasSize(1);
        KnownTransactions looked = Objects.requireNonNull(known);
        coordinator.openSession("node", "test", List.of());
        assertThat(looked.couldBeOpen(coordinator.session().id()))
                .as("opened after the look")
                .isTrue();
        assertThat(looked.couldBeOpen(earlier)).as("opened before it").isFalse();
        sweeper.close(1_000);
        coordinator.close();
    }

    @Test
    void a_sweep_follows_one_before_which_nobody_answered() throws Exception {
        AtomicBoolean silent = new AtomicBoolean();
        Coordinator interrupted = new Coordinator((CoordinatorLink) Proxy.newProxyInstance(
                SweeperTest.class.getClassLoader(),
                new Class<?>[] {CoordinatorLink.class},
                new SilentOnce(new OwnLog(new MemoryLog(), Limits.DEFAULT), "openSessions", silent)));
        interrupted.open();
        interrupted.openSession("node", "test", List.of());
        silent.set(true);

        Sweeper sweeper = new Sweeper(interrupted, List.of(resource()), 1, 1);
        sweeper.start();

        assertThat(marks.poll(10, TimeUnit.SECONDS)).as("marks").isNotNull();
        assertThat(silent).as("silent still").isFalse();
        sweeper.close(1_000);
        interrupted.close();
    }

    @Test
    void a_sweep_follows_one_that_ended_in_an_error() throws Exception {
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        error = new OutOfMemoryError("planted");

        Sweeper sweeper = new Sweeper(coordinator, List.of(resource()), 1, 1);
        sweeper.start();

        assertThat(marks.poll(10, TimeUnit.SECONDS)).as("marks").isNotNull();
        assertThat(error).isNull();
        sweeper.close(1_000);
        coordinator.close();
    }

    /** Tells the marks of every sweep. */
    private GuardedResource resource() {
        return (GuardedResource) Proxy.newProxyInstance(
                SweeperTest.class.getClassLoader(),
                new Class<?>[] {GuardedResource.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("sweep")) {
                        Error planted = error;
                        if (planted != null) {
                            error = null;
                            throw planted;
                        }
                        if (known == null) {
                            known = (KnownTransactions) arguments[2];
                        }
                        marks.add((Collection<?>) arguments[1]);
                        return 0L;
                    }
                    return "resource";
                });
    }
}
