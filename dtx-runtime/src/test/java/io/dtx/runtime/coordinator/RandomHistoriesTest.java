package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.TransactionTable.Account;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.spi.RetrySchedule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Entries of any commands, sensible or not: many sessions and transactions, copies, gaps, time. */
class RandomHistoriesTest {

    private static final int SEEDS = 150;
    private static final int ENTRIES = 300;
    private static final Limits TIGHT = new Limits(6_000, 3_000, 4_000, 2_000, 600);

    private final Map<Reply.Kind, Integer> replies = new EnumMap<>(Reply.Kind.class);
    private int early;

    @Test
    void a_restored_state_and_one_that_went_on_never_differ() {
        for (int seed = 0; seed < SEEDS; seed++) {
            play(new Random(seed), seed);
        }
        System.out.printf(
                "random histories: seeds 0 to %d, %d entries each, replies %s, %d looks before the due time%n",
                SEEDS - 1, ENTRIES, replies, early);
        assertThat(replies).containsOnlyKeys(Reply.Kind.values());
    }

    private void play(Random random, int seed) {
        CoordinatorState state = new CoordinatorState(TIGHT);
        for (int index = 1; index <= ENTRIES; index++) {
            StateView before = state.view();
            long due = state.nextDue();
            nothingHappensBeforeItIsDue(state, due, seed);
            long time = before.time() + (random.nextInt(4) == 0 ? random.nextInt(400) : random.nextInt(3));
            LogEntry entry = new LogEntry(index, 1, time, 0, batches(random, state));
            CoordinatorState restored = restored(before);

            Applied applied = state.apply(entry);
            Applied again = restored.apply(entry);

            String where = "seed " + seed + ", entry " + index;
            assertThat(again.replies()).as(where).isEqualTo(applied.replies());
            assertThat(departed(again)).as(where).isEqualTo(departed(applied));
            assertThat(again.changed()).as(where).containsExactlyInAnyOrderElementsOf(applied.changed());
            isSame(restored, state, where);
            bytesAddUp(state, where);
            applied.replies().forEach(batch -> batch.forEach(reply -> replies.merge(reply.kind(), 1, Integer::sum)));
        }
    }

    private static List<TransactionState> departed(Applied applied) {
        return applied.departed().stream().map(each -> each.transaction().get()).toList();
    }

    private void nothingHappensBeforeItIsDue(CoordinatorState state, long due, int seed) {
        long time = Math.min(due - 1, state.time() + 1_000);
        if (time <= state.time()) {
            return;
        }
        early++;
        CoordinatorState other = restored(state.view());
        Applied applied = other.apply(new LogEntry(state.index() + 1, 1, time, 0, List.of()));
        assertThat(applied.changed()).as("seed " + seed).isEmpty();
        assertThat(other.view().transactionsInOrder()).isEqualTo(state.view().transactionsInOrder());
        assertThat(other.view().sessionsInOrder()).isEqualTo(state.view().sessionsInOrder());
    }

    private static void isSame(CoordinatorState one, CoordinatorState other, String where) {
        assertThat(one.view().sessionsInOrder())
                .as(where)
                .isEqualTo(other.view().sessionsInOrder());
        assertThat(one.view().transactionsInOrder())
                .as(where)
                .isEqualTo(other.view().transactionsInOrder());
        assertThat(one.nextDue()).as(where).isEqualTo(other.nextDue());
        assertThat(new HashSet<>(one.pendingActions())).as(where).isEqualTo(new HashSet<>(other.pendingActions()));
    }

    private static void bytesAddUp(CoordinatorState state, String where) {
        Map<Account, Long> sums = new EnumMap<>(Account.class);
        state.transactions().forEach(tx -> sums.merge(Account.of(tx), tx.bytes(), Long::sum));
        for (Account account : Account.values()) {
            assertThat(state.bytes(account)).as(where).isEqualTo(sums.getOrDefault(account, 0L));
        }
        assertThat(state.bytes(Account.RETAINED)).as(where).isLessThanOrEqualTo(TIGHT.retainedBytesMax());
    }

    private static CoordinatorState restored(StateView view) {
        CoordinatorState state = new CoordinatorState(TIGHT);
        state.restore(view.index(), view.time());
        view.sessionsInOrder().forEach(state::restore);
        view.transactionsInOrder().forEach(state::restore);
        return state;
    }

    private static List<SessionBatch> batches(Random random, CoordinatorState state) {
        List<SessionBatch> batches = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<SessionState> open = new ArrayList<>(state.openSessions());
            if (open.size() < 2 || random.nextInt(30) == 0) {
                LogCommand opening = new LogCommand.OpenSession(random.nextInt(20), "n", "app", List.of());
                batches.add(new SessionBatch(0, 0, 0, List.of(opening)));
            } else if (random.nextInt(25) == 0) {
                LogCommand expiry = new LogCommand.ExpireSession(1 + random.nextInt((int) state.index()));
                batches.add(new SessionBatch(0, 0, 0, List.of(expiry)));
            } else {
                SessionState sender = open.get(random.nextInt(open.size()));
                batches.add(batch(random, state, sender, open));
            }
        }
        return batches;
    }

    private static SessionBatch batch(
            Random random, CoordinatorState state, SessionState sender, List<SessionState> open) {
        long first = sender.lastNumber() + 1;
        if (random.nextInt(8) == 0) {
            first = Math.max(1, first + random.nextInt(5) - 3); // a copy, or a gap
        }
        List<TransactionState> present = state.transactions().toList();
        List<LogCommand> commands = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            TransactionId id = present.isEmpty() || random.nextInt(3) == 0
                    ? new TransactionId(7, open.get(random.nextInt(open.size())).id(), 1 + random.nextInt(12))
                    : present.get(random.nextInt(present.size())).id();
            commands.add(command(random, id));
        }
        long low = Math.max(1, sender.lowWaterMark() + (random.nextInt(20) == 0 ? 1 : 0));
        return new SessionBatch(sender.id(), first, low, commands);
    }

    private static LogCommand command(Random random, TransactionId id) {
        long step = StepNumber.of(1 + random.nextInt(3), 1 + random.nextInt(2));
        Outcome outcome = random.nextBoolean() ? Outcome.COMMIT : Outcome.ABORT;
        Recovery recovery = random.nextBoolean() ? Recovery.BACKWARD : Recovery.FORWARD;
        int attempt = 1 + random.nextInt(3);
        byte[] bytes = new byte[random.nextInt(300)];
        return switch (random.nextInt(15)) {
            case 0, 1 -> new LogCommand.Begin(id, "tx", recovery, random.nextInt(500), bytes);
            case 2, 3 -> start(random, id, step, bytes);
            case 4, 5 -> new LogCommand.FinishStep(id, step, random.nextBoolean() ? bytes : null);
            case 6 -> new LogCommand.FailStep(id, step, random.nextBoolean(), "why");
            case 7 -> new LogCommand.Decide(id, outcome, "why", random.nextInt(3));
            case 8, 9 ->
                new LogCommand.ClaimAction(id, random.nextInt(6) == 0 ? 0 : step, attempt, random.nextInt(200));
            case 10 -> new LogCommand.FinishCompensation(id, step);
            case 11 -> new LogCommand.FailCompensation(id, step, attempt, "why");
            case 12 -> new LogCommand.Park(id, step, attempt, "why");
            case 13 -> random.nextBoolean() ? new LogCommand.Retry(id) : new LogCommand.Resolve(id, outcome, "why");
            default -> other(random, id, bytes);
        };
    }

    private static LogCommand start(Random random, TransactionId id, long step, byte[] bytes) {
        String resource = random.nextBoolean() ? "db" : null;
        RetrySchedule schedule = new RetrySchedule(1 + random.nextInt(3), random.nextInt(50), 2, 100, 0.2);
        return new LogCommand.StartStep(
                id,
                step,
                "s",
                resource,
                resource,
                random.nextInt(6) == 0,
                random.nextInt(5) != 0,
                random.nextInt(100),
                schedule,
                0,
                bytes);
    }

    private static LogCommand other(Random random, TransactionId id, byte[] bytes) {
        return switch (random.nextInt(12)) {
            case 0 -> new LogCommand.CloseSession();
            case 1, 2 -> new LogCommand.ForgetDecision(id);
            case 3 ->
                new LogCommand.RecordHeuristic(
                        id, random.nextBoolean() ? "east" : "west", LogCommand.Heuristic.MIXED, "by itself");
            default -> new LogCommand.RecordDecision(id, "uid", random.nextInt(4), bytes);
        };
    }
}
