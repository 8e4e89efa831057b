package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.spi.RetrySchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A state restored from its snapshot must be the same state: equal now, and with the same answers to everything later. */
class StateCodecTest {

    private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 1 << 14, 1 << 16, 2_000);
    private static final int HISTORIES = 30;
    private static final int ENTRIES = 400;

    @Test
    void a_restored_state_answers_every_later_entry_as_the_original_does() {
        long present = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            RandomLog log = new RandomLog(seed);
            CoordinatorState original = new CoordinatorState(LIMITS);
            for (int i = 0; i < ENTRIES / 2; i++) {
                original.apply(log.next());
            }
            CoordinatorState restored = copy(original);
            assertSame(original, restored, seed);
            present += original.transactions().count();
            for (int i = 0; i < ENTRIES / 2; i++) {
                LogEntry entry = log.next();
                assertThat(restored.apply(entry).replies())
                        .as("seed %d, entry %d", seed, entry.index())
                        .isEqualTo(original.apply(entry).replies());
            }
            assertSame(original, restored, seed);
        }
        assertThat(present).as("transactions in the snapshots").isGreaterThan(10L * HISTORIES);
    }

    @Test
    void an_item_that_is_cut_short_or_of_an_unknown_kind_is_refused() {
        CoordinatorState state = new CoordinatorState(LIMITS);
        RandomLog log = new RandomLog(7);
        for (int i = 0; i < 100; i++) {
            state.apply(log.next());
        }
        List<Snapshot.Item> items = StateCodec.snapshot(state.view()).items().toList();
        int cuts = 0;
        for (Snapshot.Item item : items) {
            for (int length = 0; length < item.bytes().length; length++, cuts++) {
                Snapshot.Item cut = new Snapshot.Item(Arrays.copyOf(item.bytes(), length), List.of());
                assertThatThrownBy(() -> StateCodec.restore(() -> Stream.of(cut), new CoordinatorState(LIMITS)))
                        .isInstanceOf(LogDamagedException.class);
            }
        }
        assertThat(cuts).isGreaterThan(500);
        Snapshot.Item unknown = new Snapshot.Item(new byte[] {99}, List.of());
        assertThatThrownBy(() -> StateCodec.restore(() -> Stream.of(unknown), new CoordinatorState(LIMITS)))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("later version");
    }

    @Test
    void a_snapshot_carries_what_open_transactions_recorded_and_nothing_of_ended_ones() {
        long ended = 0;
        long payloads = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            RandomLog log = new RandomLog(seed);
            CoordinatorState state = new CoordinatorState(LIMITS);
            for (int i = 0; i < ENTRIES; i++) {
                state.apply(log.next());
            }
            Set<Payload> kept = StateCodec.snapshot(state.view())
                    .items()
                    .flatMap(item -> item.payloads().stream())
                    .collect(Collectors.toSet());
            for (TransactionState each : state.transactions().toList()) {
                for (StepState step : each.steps()) {
                    for (Payload payload : recorded(step)) {
                        assertThat(kept.contains(payload))
                                .as("%s of %s", payload, each)
                                .isNotEqualTo(each.status().isFinal());
                        payloads++;
                    }
                }
                ended += each.status().isFinal() ? 1 : 0;
            }
        }
        assertThat(ended).isGreaterThan(HISTORIES);
        assertThat(payloads).isGreaterThan(HISTORIES);
    }

    private static List<Payload> recorded(StepState step) {
        return Stream.of(step.intent().arguments(), step.result())
                .filter(Objects::nonNull)
                .toList();
    }

    private static CoordinatorState copy(CoordinatorState state) {
        CoordinatorState copy = new CoordinatorState(LIMITS);
        StateCodec.restore(StateCodec.snapshot(state.view()), copy);
        return copy;
    }

    private static void assertSame(CoordinatorState original, CoordinatorState restored, int seed) {
        assertThat(restored.transactions().toList())
                .as("seed %d", seed)
                .isEqualTo(original.transactions().toList());
        assertThat(restored.view().sessionsInOrder())
                .as("seed %d", seed)
                .isEqualTo(original.view().sessionsInOrder());
        assertThat(restored.pendingActions()).as("seed %d", seed).hasSameElementsAs(original.pendingActions());
        assertThat(restored.nextDue()).as("seed %d", seed).isEqualTo(original.nextDue());
        assertThat(restored.index()).isEqualTo(original.index());
        assertThat(restored.time()).isEqualTo(original.time());
    }

    /** Entries with every kind of command, most of them plausible, some not. */
    private static final class RandomLog {

        private final Random random;
        private final List<Long> sessions = new ArrayList<>();
        private final Map<Long, Long> numbers = new HashMap<>();
        private long index;
        private long time;

        RandomLog(int seed) {
            random = new Random(seed);
        }

        LogEntry next() {
            index++;
            time += random.nextInt(60);
            List<SessionBatch> batches = new ArrayList<>();
            if (sessions.isEmpty() || random.nextInt(40) == 0) {
                batches.add(new SessionBatch(
                        0, 0, 0, List.of(new LogCommand.OpenSession(random.nextLong(), "n", "a", List.of("x", "y")))));
                sessions.add(index);
            } else if (random.nextInt(60) == 0) {
                batches.add(new SessionBatch(0, 0, 0, List.of(new LogCommand.ExpireSession(any()))));
            } else {
                long session = any();
                List<LogCommand> commands = new ArrayList<>();
                for (int i = random.nextInt(6); i >= 0; i--) {
                    commands.add(command(session));
                }
                long first = numbers.getOrDefault(session, 0L) + 1;
                numbers.put(session, first + commands.size() - 1);
                batches.add(new SessionBatch(session, first, Math.max(0, index / 20 - 6), commands));
            }
            return new LogEntry(index, 1, time, 1_700_000_000_000L + time, batches);
        }

        private long any() {
            return sessions.get(Math.max(0, sessions.size() - 1 - random.nextInt(3)));
        }

        private LogCommand command(long session) {
            TransactionId tx = new TransactionId(0xABCD_EF01_2345_6789L, session, 1 + index / 20 + random.nextInt(4));
            long step = StepNumber.of(1 + random.nextInt(3), 1);
            int attempt = 1 + random.nextInt(3);
            Outcome outcome = random.nextBoolean() ? Outcome.COMMIT : Outcome.ABORT;
            return switch (random.nextInt(16)) {
                case 0, 1, 2 -> new LogCommand.Begin(tx, "t", Recovery.BACKWARD, 100 + random.nextInt(900), bytes());
                case 3, 4, 5 ->
                    new LogCommand.StartStep(
                            tx,
                            step,
                            "s",
                            random.nextBoolean() ? "r" : null,
                            "db",
                            random.nextInt(9) == 0,
                            random.nextInt(5) != 0,
                            random.nextInt(200),
                            new RetrySchedule(2, 10, 1.5, 100, 0.1),
                            random.nextLong(),
                            bytes());
                case 6, 7 -> new LogCommand.FinishStep(tx, step, bytes());
                case 8 -> new LogCommand.FailStep(tx, step, random.nextBoolean(), "why");
                case 9 -> new LogCommand.Decide(tx, outcome, "because", random.nextInt(4));
                case 10, 11 -> new LogCommand.ClaimAction(tx, step, attempt, 50);
                case 12 -> new LogCommand.FinishCompensation(tx, step);
                case 13 -> new LogCommand.FailCompensation(tx, step, attempt, "no");
                case 14 ->
                    random.nextBoolean() ? new LogCommand.Park(tx, step, attempt, "stuck") : new LogCommand.Retry(tx);
                default ->
                    random.nextBoolean()
                            ? new LogCommand.RecordDecision(tx, "uid", random.nextInt(3), new byte[] {1})
                            : new LogCommand.Resolve(tx, outcome, "by hand");
            };
        }

        private byte[] bytes() {
            return random.nextInt(3) == 0 ? null : new byte[random.nextInt(20)];
        }
    }
}
