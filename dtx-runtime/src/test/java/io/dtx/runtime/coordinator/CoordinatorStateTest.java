package io.dtx.runtime.coordinator;

import static io.dtx.runtime.coordinator.ScriptedLog.abort;
import static io.dtx.runtime.coordinator.ScriptedLog.at;
import static io.dtx.runtime.coordinator.ScriptedLog.begin;
import static io.dtx.runtime.coordinator.ScriptedLog.claim;
import static io.dtx.runtime.coordinator.ScriptedLog.commit;
import static io.dtx.runtime.coordinator.ScriptedLog.finish;
import static io.dtx.runtime.coordinator.ScriptedLog.id;
import static io.dtx.runtime.coordinator.ScriptedLog.kinds;
import static io.dtx.runtime.coordinator.ScriptedLog.start;
import static io.dtx.runtime.coordinator.ScriptedLog.undone;
import static io.dtx.runtime.protocol.Reply.Kind.ACCEPTED;
import static io.dtx.runtime.protocol.Reply.Kind.ALREADY;
import static io.dtx.runtime.protocol.Reply.Kind.FENCED;
import static io.dtx.runtime.protocol.Reply.Kind.FORGOTTEN;
import static io.dtx.runtime.protocol.Reply.Kind.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.CloseSession;
import io.dtx.runtime.protocol.LogCommand.ExpireSession;
import io.dtx.runtime.protocol.LogCommand.OpenSession;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoordinatorStateTest {

    private final ScriptedLog log = new ScriptedLog();

    @Test
    void a_saga_of_two_steps_commits_in_three_entries() {
        long owner = log.open("n1");
        TransactionId id = id(owner, 1);

        assertThat(kinds(log.unit(owner, begin(id), start(id, 1)))).containsExactly(ACCEPTED, ACCEPTED);
        assertThat(kinds(log.unit(owner, finish(id, 1), start(id, 2)))).containsExactly(ACCEPTED, ACCEPTED);
        List<Reply> last = log.unit(owner, finish(id, 2), commit(id, 2));

        assertThat(last.get(1)).isEqualTo(Reply.accepted(TransactionStatus.COMMITTED));
        assertThat(log.state.pendingActions()).isEmpty();
        assertThat(log.tx(id).endedAt()).isEqualTo(log.time());
    }

    @Test
    void claims_ride_with_the_decision_and_with_each_compensation() {
        long owner = log.open("n1");
        TransactionId id = id(owner, 1);
        log.unit(owner, begin(id), start(id, 1), finish(id, 1), start(id, 2), finish(id, 2));

        assertThat(kinds(log.unit(owner, abort(id), claim(id, 2, 1)))).containsExactly(ACCEPTED, ACCEPTED);
        assertThat(kinds(log.unit(owner, undone(id, 2), claim(id, 1, 1)))).containsExactly(ACCEPTED, ACCEPTED);
        assertThat(log.send(owner, undone(id, 1))).isEqualTo(Reply.accepted(TransactionStatus.COMPENSATED));
    }

    @Test
    void the_expiry_of_the_owner_fences_it_and_makes_its_last_step_pending() {
        long owner = log.open("n1");
        long claimer = log.open("n2");
        TransactionId id = id(owner, 1);
        log.unit(owner, begin(id), start(id, 1), finish(id, 1), start(id, 2));

        log.unnumbered(new ExpireSession(owner));

        assertThat(log.send(owner, commit(id, 2)).kind()).isEqualTo(FENCED);
        assertThat(log.step(id, 2).status()).isEqualTo(StepStatus.IN_DOUBT);
        assertThat(log.state.pendingActions()).containsExactly(new Action(id, at(2), 1));
        assertThat(log.send(claimer, claim(id, 2, 1)).kind()).isEqualTo(ACCEPTED);
        assertThat(log.state.pendingActions()).isEmpty();
    }

    @Test
    void the_census_stays_as_long_as_nobody_comes_or_goes_and_tells_any_two_from_two_others() {
        Set<Long> seen = new HashSet<>();
        for (String each : List.of("n1", "n2", "n3", "n4")) {
            log.open(each);
            seen.add(log.state.census());
        }
        long four = log.state.census();
        long fifth = log.open("n5");
        log.send(fifth, begin(id(fifth, 1)));
        log.unnumbered(new ExpireSession(fifth));
        assertThat(log.state.census()).isEqualTo(four);

        log.unnumbered(new ExpireSession(1));
        log.unnumbered(new ExpireSession(4)); // 2 and 3 are left, whose sum is that of 1 and 4
        seen.add(log.state.census());

        assertThat(seen).hasSize(5).doesNotContain(0L);
    }

    @Test
    void an_entry_at_the_deadline_aborts_before_its_commands_apply() {
        long owner = log.open("n1");
        TransactionId id = id(owner, 1);
        log.unit(owner, begin(id), start(id, 1), finish(id, 1));
        assertThat(log.state.nextDue()).isEqualTo(ScriptedLog.TIMEOUT);

        Reply decision = log.after(ScriptedLog.TIMEOUT).send(owner, commit(id, 1));

        assertThat(decision).isEqualTo(Reply.already(TransactionStatus.COMPENSATING));
    }

    @Test
    void a_gap_is_refused_with_the_number_to_go_on_from_and_changes_nothing() {
        long owner = log.open("n1");
        TransactionId id = id(owner, 1);

        assertThat(log.numbered(owner, 2, 1, begin(id))).containsExactly(Reply.gap(1));
        assertThat(log.state.transaction(id)).isNull();
        assertThat(log.numbered(owner, 1, 1, begin(id)).get(0).kind()).isEqualTo(ACCEPTED);
    }

    @Test
    void a_late_copy_is_answered_from_the_state_and_changes_nothing() {
        long owner = log.open("n1");
        TransactionId id = id(owner, 1);
        log.numbered(owner, 1, 1, begin(id), start(id, 1));
        log.numbered(owner, 3, 1, abort(id), claim(id, 1, 1), undone(id, 1));
        StateView before = log.state.view();

        assertThat(kinds(log.numbered(owner, 1, 1, begin(id), start(id, 1)))).containsExactly(ALREADY, REJECTED);
        assertThat(log.numbered(owner, 3, 1, abort(id))).containsExactly(Reply.already(TransactionStatus.COMPENSATED));
        assertThat(log.state.view().transactionsInOrder()).isEqualTo(before.transactionsInOrder());
        assertThat(log.state.view().sessions()).isEqualTo(before.sessions());
    }

    @Test
    void a_closed_session_is_answered_as_applied_for_what_it_did_and_fenced_for_the_rest() {
        long owner = log.open("n1");
        TransactionId id = id(owner, 1);
        log.numbered(owner, 1, 1, begin(id), start(id, 1), finish(id, 1), commit(id, 1), new CloseSession());

        assertThat(log.numbered(owner, 4, 1, commit(id, 1)))
                .containsExactly(Reply.already(TransactionStatus.COMMITTED));
        assertThat(kinds(log.numbered(owner, 5, 1, new CloseSession(), begin(id(owner, 2)))))
                .containsExactly(ALREADY, FENCED);
        assertThat(kinds(log.numbered(owner, 99, 1, begin(id(owner, 2))))).containsExactly(FENCED);
    }

    @Test
    void two_openings_in_one_entry_get_distinct_ids_because_the_second_is_refused() {
        LogCommand first = new OpenSession(1, "a", "app", List.of());
        LogCommand second = new OpenSession(2, "b", "app", List.of());
        List<Reply> replies = log
                .append(List.of(
                        new SessionBatch(0, 0, 0, List.of(first)), new SessionBatch(0, 0, 0, List.of(second, first))))
                .replies()
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(kinds(replies)).containsExactly(ACCEPTED, REJECTED, ALREADY);
        assertThat(log.unnumbered(second).kind()).isEqualTo(ACCEPTED);
    }

    @Test
    void finished_transactions_and_ended_sessions_leave_after_retention_and_never_come_back() {
        long owner = log.open("n1");
        TransactionId first = id(owner, 1);
        TransactionId second = id(owner, 2);
        log.unit(owner, begin(first), begin(second), commit(second, 0));
        long retention = Limits.DEFAULT.retentionMillis();

        log.after(retention + Limits.DEFAULT.retentionStepMillis()).tick();

        assertThat(log.state.transaction(second)).isNull();
        assertThat(log.applied().departed()).extracting(tx -> tx.id()).containsExactly(second);
        assertThat(log.send(owner, begin(second)).kind()).isEqualTo(FORGOTTEN);
        assertThat(log.send(owner, commit(id(owner, 3), 0)).code()).isEqualTo("no-transaction");
        log.send(owner, new CloseSession());
        log.after(2 * retention).tick();
        assertThat(log.state.session(owner)).isNull();
        assertThat(log.send(owner, begin(id(owner, 3))).kind()).isEqualTo(FORGOTTEN);
        assertThat(log.state.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_state_restored_from_a_view_goes_on_as_the_one_it_was_taken_from() {
        long owner = log.open("n1");
        TransactionId id = id(owner, 1);
        log.unit(owner, begin(id), start(id, 1), finish(id, 1), begin(id(owner, 2)), start(id(owner, 2), 1));
        log.unit(owner, abort(id), claim(id, 1, 1));
        StateView view = log.state.view();

        CoordinatorState restored = new CoordinatorState(Limits.DEFAULT);
        restored.restore(view.index(), view.time());
        view.sessionsInOrder().forEach(restored::restore);
        view.transactionsInOrder().forEach(restored::restore);

        assertThat(restored.view().sessions()).isEqualTo(view.sessions());
        assertThat(restored.view().transactionsInOrder()).isEqualTo(view.transactionsInOrder());
        assertThat(restored.nextDue()).isEqualTo(log.state.nextDue()).isEqualTo(200);
        assertThat(restored.pendingActions()).isEqualTo(log.state.pendingActions());
    }

    @Test
    void what_steps_are_called_and_why_they_failed_counts_towards_what_a_transaction_may_hold() {
        ScriptedLog small = new ScriptedLog(new Limits(1 << 30, 1 << 30, 1 << 30, 10_000, 600_000));
        long owner = small.open("n1");
        TransactionId failing = id(owner, 1);
        TransactionId verbose = id(owner, 2);
        small.unit(owner, begin(failing), begin(verbose));

        int failed = 0;
        while (failed < 100 && small.send(owner, start(failing, failed + 1)).is(ACCEPTED)) {
            failed++;
            small.send(owner, new LogCommand.FailStep(failing, at(failed), false, "\u2026".repeat(500)));
        }
        int started = 0;
        while (started < 100
                && small.send(owner, named("s".repeat(3_000), verbose, started + 1))
                        .is(ACCEPTED)) {
            started++;
        }

        assertThat(failed).isBetween(4, 7);
        assertThat(started).isBetween(2, 3);
        assertThat(small.send(owner, start(failing, 99)))
                .isEqualTo(Reply.rejected("transaction-full", TransactionStatus.ACTIVE));
    }

    @Test
    void a_transaction_ends_and_is_carried_by_a_snapshot_however_large_it_has_become() {
        Limits wide = new Limits(1 << 30, 1 << 30, 1 << 30, 1 << 30, 600_000);
        ScriptedLog large = new ScriptedLog(wide);
        long owner = large.open("n1");
        TransactionId id = id(owner, 1);
        large.send(owner, begin(id));
        String name = "s".repeat(1 << 20);
        for (int call = 1; call <= 17; call++) {
            large.unit(owner, named(name, id, call), finish(id, call));
        }
        isRestored(large, wide);

        assertThat(large.send(owner, commit(id, 17))).isEqualTo(Reply.accepted(TransactionStatus.COMMITTED));
        isRestored(large, wide);
    }

    @Test
    void what_is_retained_is_bounded_by_the_bytes_that_it_takes() {
        ScriptedLog small = new ScriptedLog(new Limits(1 << 30, 1 << 30, 100_000, 1 << 20, 600_000));
        long owner = small.open("n1");
        for (int number = 1; number <= 100; number++) {
            TransactionId id = id(owner, number);
            small.unit(owner, begin(id), new LogCommand.Decide(id, Outcome.ABORT, "\u2026".repeat(500), 0));
        }

        assertThat(small.tx(id(owner, 100)).status()).isEqualTo(TransactionStatus.COMPENSATED);
        assertThat(small.state
                        .view()
                        .retained()
                        .encoded()
                        .mapToLong(each -> each.length)
                        .sum())
                .isBetween(50_000L, 100_000L);
    }

    private static void isRestored(ScriptedLog log, Limits limits) {
        CoordinatorState restored = new CoordinatorState(limits);
        StateCodec.restore(StateCodec.snapshot(log.state.view()), restored);
        assertThat(restored.view().transactionsInOrder().equals(log.state.view().transactionsInOrder()))
                .isTrue();
    }

    private static LogCommand named(String name, TransactionId id, int call) {
        return new LogCommand.StartStep(
                id, at(call), name, "db", "database-1", false, true, 50, ScriptedLog.TWICE, 7, null);
    }
}
