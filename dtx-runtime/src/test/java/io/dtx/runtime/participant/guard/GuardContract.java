package io.dtx.runtime.participant.guard;

import static io.dtx.runtime.participant.guard.GuardRig.CLAIMER;
import static io.dtx.runtime.participant.guard.GuardRig.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.DtxException;
import io.dtx.FencedException;
import io.dtx.runtime.participant.ActionResult;
import io.dtx.runtime.participant.ForwardResult;
import io.dtx.runtime.participant.GuardedResource.OpenSession;
import io.dtx.runtime.participant.ResourceOwner;
import io.dtx.runtime.participant.Settlement;
import io.dtx.runtime.protocol.StepNumber;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every guarded resource promises, whatever is behind it. */
abstract class GuardContract {

    private GuardRig rig;

    /** Starts a resource on a fresh database. */
    abstract GuardRig start();

    @BeforeEach
    void startResource() {
        rig = start();
    }

    @AfterEach
    void closeResource() {
        if (rig != null) { // the database is not there, and the test is skipped
            rig.resource.close();
        }
    }

    @Test
    void a_step_that_returns_is_committed_with_its_result() {
        ForwardResult result = rig.forward(1);
        assertEquals(ForwardResult.Kind.COMMITTED, result.kind());
        assertArrayEquals(new byte[] {1}, result.result());
        Settlement settlement = rig.resource.settle(rig.call(1, CLAIMER), OWNER);
        assertTrue(settlement.tookEffect());
        assertArrayEquals(new byte[] {1}, settlement.result());
        assertEquals(1, rig.effects(1, 'D'));
    }

    @Test
    void a_step_without_result_records_none() {
        rig.resource.forward(rig.call(1, OWNER), () -> null, () -> {});
        Settlement settlement = rig.resource.settle(rig.call(1, OWNER), OWNER);
        assertTrue(settlement.tookEffect());
        assertNull(settlement.result());
    }

    @Test
    void a_step_that_throws_leaves_no_trace() {
        IllegalStateException sold = new IllegalStateException("sold out");
        ForwardResult result = rig.resource.forward(
                rig.call(1, OWNER),
                () -> {
                    rig.write(1, 'D');
                    throw sold;
                },
                () -> {});
        assertEquals(ForwardResult.Kind.NO_EFFECT, result.kind());
        assertSame(sold, result.failure());
        assertEquals(0, rig.effects(1, 'D') + rig.guardRows());
    }

    @Test
    void the_intent_is_awaited_after_the_body_and_its_failure_rolls_back() {
        ForwardResult result = rig.resource.forward(rig.call(1, OWNER), rig.effect(1), () -> {
            throw new IllegalStateException("the log is full");
        });
        assertEquals(ForwardResult.Kind.NO_EFFECT, result.kind());
        assertEquals(0, rig.effects(1, 'D') + rig.guardRows());
    }

    @Test
    void a_fenced_intent_fences_the_step() {
        ForwardResult result = rig.resource.forward(rig.call(1, OWNER), rig.effect(1), () -> {
            throw new FencedException(null, "DTX-1 fenced", null);
        });
        assertEquals(ForwardResult.Kind.FENCED, result.kind());
        assertEquals(0, rig.effects(1, 'D'));
    }

    @Test
    void a_repeated_step_answers_with_the_result_of_the_first() {
        rig.forward(1);
        ForwardResult again = rig.resource.forward(
                rig.call(1, OWNER),
                () -> {
                    rig.write(1, 'D');
                    return new byte[] {99};
                },
                () -> {});
        assertEquals(ForwardResult.Kind.ALREADY, again.kind());
        assertArrayEquals(new byte[] {1}, again.result());
        assertEquals(1, rig.effects(1, 'D'));
    }

    @Test
    void a_step_that_was_settled_as_never_run_never_runs() {
        assertFalse(rig.resource.settle(rig.call(1, CLAIMER), OWNER).tookEffect());
        assertFalse(rig.resource.settle(rig.call(1, OWNER), OWNER).tookEffect());
        ForwardResult late = rig.forward(1);
        assertEquals(ForwardResult.Kind.FENCED, late.kind());
        assertThat(late.failure()).isInstanceOf(FencedException.class).hasMessageContaining("DTX-3015");
        assertEquals(0, rig.effects(1, 'D'));
    }

    @Test
    void a_fenced_session_commits_no_step() {
        rig.resource.fence(OWNER);
        rig.resource.fence(OWNER);
        ForwardResult late = rig.forward(1);
        assertEquals(ForwardResult.Kind.FENCED, late.kind());
        assertThat(late.failure()).hasMessageContaining("session 7 was ended");
        assertEquals(0, rig.effects(1, 'D'));
        assertThrows(FencedException.class, () -> rig.resource.settle(rig.call(1, OWNER), OWNER));
    }

    @Test
    void a_transaction_below_its_sessions_mark_is_over_for_everybody() {
        rig.forward(4);
        rig.resource.raiseLow(OWNER, 5);
        rig.resource.raiseLow(OWNER, 3);
        assertEquals(ForwardResult.Kind.FENCED, rig.forward(3).kind());
        assertEquals(
                ForwardResult.Kind.FENCED,
                rig.resource
                        .forward(rig.call(2, OWNER), rig.effect(2), () -> {})
                        .kind());
        assertEquals(ActionResult.Kind.FENCED, rig.compensate(4).kind());
        assertThrows(FencedException.class, () -> rig.resource.settle(rig.call(3, CLAIMER), OWNER));
        assertEquals(ForwardResult.Kind.COMMITTED, rig.forward(5).kind());
    }

    @Test
    void a_session_row_is_made_once() {
        assertThrows(FencedException.class, () -> rig.resource.openSession(OWNER));
        rig.resource.fence(11);
        FencedException ended = assertThrows(FencedException.class, () -> rig.resource.openSession(11));
        assertEquals("DTX-3016", ended.code());
    }

    @Test
    void a_compensation_receives_the_recorded_result_and_runs_once() {
        rig.forward(1);
        AtomicInteger received = new AtomicInteger();
        ActionResult undone = rig.resource.compensate(rig.call(1, CLAIMER), OWNER, result -> {
            received.set(result == null ? -1 : result[0]);
            rig.write(1, 'U');
        });
        assertEquals(ActionResult.Kind.COMPENSATED, undone.kind());
        assertEquals(1, received.get());
        assertEquals(ActionResult.Kind.COMPENSATED, rig.compensate(1).kind());
        assertEquals(1, rig.effects(1, 'U'));
    }

    @Test
    void a_step_that_never_ran_is_compensated_by_a_tombstone() {
        assertEquals(ActionResult.Kind.COMPENSATED, rig.compensate(1).kind());
        assertEquals(0, rig.effects(1, 'U'));
        assertEquals(ForwardResult.Kind.FENCED, rig.forward(1).kind());
    }

    @Test
    void a_compensation_that_throws_can_be_tried_again() {
        rig.forward(1);
        ActionResult failed = rig.resource.compensate(rig.call(1, CLAIMER), OWNER, result -> {
            rig.write(1, 'U');
            throw new IllegalStateException("not now");
        });
        assertEquals(ActionResult.Kind.FAILED, failed.kind());
        assertEquals(0, rig.effects(1, 'U'));
        assertEquals(ActionResult.Kind.COMPENSATED, rig.compensate(1).kind());
        assertEquals(1, rig.effects(1, 'U'));
    }

    @Test
    void a_fenced_claimer_commits_no_compensation() {
        rig.forward(1);
        ActionResult late = rig.resource.compensate(rig.call(1, CLAIMER), OWNER, result -> {
            rig.write(1, 'U');
            rig.database.execute("UPDATE dtx_session SET state = 'F' WHERE session = " + CLAIMER);
        });
        // A snapshot from before the fence is refused as a serialization failure; the next attempt sees the fence.
        assertThat(late.kind()).isIn(ActionResult.Kind.FENCED, ActionResult.Kind.FAILED);
        assertThat(late.failure()).isNotNull();
        assertEquals(ActionResult.Kind.FENCED, rig.compensate(1).kind());
        assertEquals(0, rig.effects(1, 'U'));
    }

    @Test
    void an_operators_closing_holds_in_both_directions() {
        rig.forward(1);
        rig.resource.close(rig.call(1, CLAIMER), OWNER);
        rig.resource.close(rig.call(1, CLAIMER), OWNER);
        rig.resource.close(rig.call(2, CLAIMER), OWNER);
        ActionResult closed = rig.compensate(1);
        assertEquals(ActionResult.Kind.PARK, closed.kind());
        assertThat(closed.failure()).hasMessageContaining("DTX-3021");
        assertEquals(0, rig.effects(1, 'U'));
        assertEquals(ForwardResult.Kind.FENCED, rig.forward(2).kind());
    }

    @Test
    void sweeping_deletes_what_is_old_and_unknown_and_below_the_mark() {
        for (long n = 1; n <= 6; n++) {
            rig.forward(n);
        }
        List<OpenSession> open = List.of(new OpenSession(OWNER, 5), new OpenSession(CLAIMER, 1));
        assertEquals(0, rig.resource.sweep(Duration.ofHours(1), open, GuardRig.knowing(List.of(), s -> 1L)));
        rig.database.execute("UPDATE dtx_guard SET created_at = '2020-01-01 00:00:00'");
        assertEquals(3, rig.resource.sweep(Duration.ofHours(1), open, GuardRig.knowing(List.of(2L), s -> 1L)));
        assertEquals(3, rig.guardRows());
        assertTrue(rig.resource.settle(rig.call(2, CLAIMER), OWNER).tookEffect());
        assertEquals(ForwardResult.Kind.FENCED, rig.forward(3).kind());
    }

    @Test
    void sweeping_fences_ended_sessions_and_deletes_their_rows_last() {
        rig.resource.openSession(3);
        rig.resource.openSession(GuardRig.LATER_SESSION);
        rig.forward(1);
        rig.database.execute("UPDATE dtx_guard SET created_at = '2020-01-01 00:00:00'");
        List<OpenSession> open = List.of(new OpenSession(CLAIMER, 1));
        rig.resource.sweep(
                Duration.ofHours(1), open, GuardRig.knowing(List.of(1L), s -> s == OWNER ? 1L : Long.MAX_VALUE));
        assertEquals(1, rig.guardRows());
        assertEquals(0, rig.database.number("SELECT count(*) FROM dtx_session WHERE session = 3"));
        assertEquals(1, rig.database.number("SELECT count(*) FROM dtx_session WHERE session = 7 AND state = 'F'"));
        assertEquals(
                1,
                rig.database.number(
                        "SELECT count(*) FROM dtx_session WHERE state = 'A' AND session = " + GuardRig.LATER_SESSION));
        rig.resource.sweep(Duration.ofHours(1), open, GuardRig.knowing(List.of(), s -> Long.MAX_VALUE));
        assertEquals(0, rig.guardRows());
        assertEquals(0, rig.database.number("SELECT count(*) FROM dtx_session WHERE session = 7"));
        assertEquals(ActionResult.Kind.FENCED, rig.compensate(1).kind());
    }

    @Test
    void applications_on_one_database_do_not_disturb_each_other() {
        rig.forward(1);
        rig.database.execute("UPDATE dtx_guard SET created_at = '2020-01-01 00:00:00'");
        GuardRig other = new GuardRig(rig.database, JdbcResource.of("stock", rig.database.unpooled()), "billing");
        assertEquals(rig.resource.databaseId(), other.resource.databaseId());
        assertEquals(ForwardResult.Kind.COMMITTED, other.forward(1).kind());
        assertEquals(2, rig.effects(1, 'D'));
        List<OpenSession> open = List.of(new OpenSession(OWNER, 99), new OpenSession(CLAIMER, 99));
        other.resource.sweep(Duration.ofHours(1), open, GuardRig.knowing(List.of(), s -> Long.MAX_VALUE));
        assertTrue(rig.resource.settle(rig.call(1, CLAIMER), OWNER).tookEffect());
        assertEquals(ForwardResult.Kind.COMMITTED, rig.forward(2).kind());
        other.resource.close();
    }

    @Test
    void another_log_under_the_same_name_is_refused_with_the_remedy() {
        JdbcResource restored = JdbcResource.of("stock", rig.database.unpooled());
        DtxException refused = assertThrows(
                DtxException.class, () -> restored.start(new ResourceOwner(rig.cluster + 1, "shop", "node-1", true)));
        assertEquals("DTX-3005", refused.code());
        assertThat(refused).hasMessageContaining("log directory deleted").hasMessageContaining("UPDATE");
    }

    @Test
    void a_restored_log_undoes_a_step_of_the_lost_one_once_and_fences_its_processes() {
        rig.forward(1);
        rig.forward(2);
        try (JdbcResource restored = rig.restored()) {
            assertEquals(
                    Set.of(StepNumber.of(1, 1)),
                    restored.inEffect(rig.call(1, OWNER).transaction()));
            assertEquals(ActionResult.Kind.COMPENSATED, undo(restored, 1).kind());
            assertEquals(ActionResult.Kind.COMPENSATED, undo(restored, 1).kind());
            assertEquals(Set.of(), restored.inEffect(rig.call(1, OWNER).transaction()));
            assertEquals(Set.of(), restored.inEffect(rig.call(3, OWNER).transaction()));
            assertEquals(ActionResult.Kind.COMPENSATED, rig.compensate(1).kind(), "by a process of the lost log");
            assertEquals(ActionResult.Kind.COMPENSATED, undo(restored, 3, OWNER).kind(), "one that has not run yet");
            assertEquals(ForwardResult.Kind.FENCED, rig.forward(3).kind());
            assertEquals(1, rig.effects(1, 'U'));
            assertEquals(ForwardResult.Kind.COMMITTED, rig.forward(4).kind());

            restored.fenceLog(rig.cluster);
            assertEquals(ForwardResult.Kind.FENCED, rig.forward(5).kind());
            assertEquals(ActionResult.Kind.FENCED, rig.compensate(2).kind());
            assertEquals(ActionResult.Kind.COMPENSATED, undo(restored, 2).kind());
            restored.fence(CLAIMER);
            assertEquals(ActionResult.Kind.FENCED, undo(restored, 4).kind());
        }
        assertEquals(0, rig.effects(3, 'D') + rig.effects(4, 'U') + rig.effects(5, 'D'));
    }

    @Test
    void what_the_lost_log_was_through_with_is_not_undone_by_the_restored_one_but_told_and_can_be_closed() {
        rig.forward(1);
        try (JdbcResource restored = rig.restored()) {
            rig.resource.raiseLow(OWNER, 4);
            rig.database.execute("DELETE FROM dtx_guard"); // swept: below the mark
            for (long n = 1; n <= 2; n++) {
                ActionResult result = undo(restored, n);
                assertEquals(ActionResult.Kind.PARK, result.kind());
                assertThat(result.failure()).hasMessageContaining("DTX-3036").hasMessageContaining("resolve");
            }
            rig.forward(4);
            rig.database.execute("DELETE FROM dtx_session WHERE session = 7 AND cluster = " + rig.cluster);
            restored.fenceLog(rig.cluster);
            assertEquals(ActionResult.Kind.PARK, undo(restored, 4).kind(), "its session was swept, too");
            restored.close(rig.call(1, CLAIMER), OWNER);
            restored.close(rig.call(4, CLAIMER), OWNER);
            restored.fence(CLAIMER);
            assertThrows(FencedException.class, () -> restored.close(rig.call(1, CLAIMER), OWNER));
        }
        assertEquals(0, rig.effects(1, 'U') + rig.effects(2, 'U') + rig.effects(4, 'U'));
    }

    private ActionResult undo(JdbcResource restored, long number) {
        return undo(restored, number, CLAIMER);
    }

    private ActionResult undo(JdbcResource restored, long number, long session) {
        return restored.compensate(rig.call(number, session), OWNER, result -> {
            try (Connection connection = restored.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO effect (n, way) VALUES (" + number + ", 'U')");
            }
        });
    }
}
