package io.dtx.runtime.participant.guard;

import static io.dtx.runtime.participant.guard.GuardRig.CLAIMER;
import static io.dtx.runtime.participant.guard.GuardRig.OWNER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.dtx.runtime.participant.ForwardResult;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.TestDatabase;
import io.dtx.spi.LocalTransactions;
import java.io.IOException;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** Transactions of an application that commit when a checked exception leaves them, as those of many frameworks do. */
class SuppliedTransactionsTest {

    private final TestDatabase database = H2Fixture.freshDatabase();
    private final GuardRig rig = new GuardRig(database, JdbcResource.of("stock", new LocalTransactions() {
        @Override
        public <T> T call(Body<T> body) throws Exception {
            try (Connection connection = database.connect()) {
                connection.setAutoCommit(false);
                try {
                    return body.run(connection);
                } catch (RuntimeException | Error e) {
                    connection.rollback();
                    throw e;
                } finally {
                    connection.commit();
                }
            }
        }
    }));

    @Test
    void a_step_that_throws_a_checked_exception_leaves_nothing_and_its_caller_gets_that_exception() {
        ForwardResult failed = rig.resource.forward(
                rig.call(1, OWNER),
                () -> {
                    rig.write(1, 'D');
                    throw new IOException("planted");
                },
                () -> {});

        assertEquals(ForwardResult.Kind.NO_EFFECT, failed.kind());
        assertInstanceOf(IOException.class, failed.failure());
        assertEquals(0, rig.effects(1, 'D'));
    }

    @Test
    void a_step_whose_guard_row_is_refused_leaves_nothing() {
        assertFalse(rig.resource.settle(rig.call(1, CLAIMER), OWNER).tookEffect());

        assertEquals(ForwardResult.Kind.FENCED, rig.forward(1).kind());

        assertEquals(0, rig.effects(1, 'D'));
    }
}
