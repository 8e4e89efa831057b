package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.Recovery;
import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionMode;
import io.dtx.TransactionStatus;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.NumberRanges;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.spi.RetrySchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bytes of snapshots. A change of the format adds a file and a number here; the files of earlier formats stay, and what they
 * hold is read for ever.
 */
class StateGoldenTest {

    private static final int FORMAT = 1;
    private static final Path FILES = Path.of("src/test/resources/io/dtx/runtime/coordinator");
    private static final long CLUSTER = 0xABCD_EF01_2345_6789L;
    private static final long INDEX = 4_711;
    private static final long TIME = 86_400_000;

    @Test
    void the_bytes_of_a_snapshot_are_the_recorded_ones() throws IOException {
        List<String> lines = items(state()).stream()
                .map(each -> HexFormat.of().formatHex(each))
                .toList();
        if (Boolean.getBoolean("dtx.rewrite")) {
            Files.createDirectories(FILES);
            Files.write(file(FORMAT), lines);
        }
        assertThat(lines).isEqualTo(Files.readAllLines(file(FORMAT)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1})
    void a_snapshot_of_every_format_is_read(int format) throws IOException {
        assertSame(restored(Files.readAllLines(file(format)).stream()
                .map(HexFormat.of()::parseHex)
                .toList()));
    }

    /** What a later version appends to an item, this one skips. */
    @Test
    void a_snapshot_whose_items_have_more_is_read() {
        assertSame(restored(items(state()).stream()
                .map(each -> Arrays.copyOf(each, each.length + 5))
                .toList()));
    }

    private static Path file(int format) {
        return FILES.resolve("snapshot-" + format + ".golden");
    }

    private static List<byte[]> items(CoordinatorState state) {
        return StateCodec.snapshot(state.view())
                .items()
                .map(Snapshot.Item::bytes)
                .toList();
    }

    private static CoordinatorState restored(List<byte[]> items) {
        CoordinatorState state = new CoordinatorState(Limits.DEFAULT);
        StateCodec.restore(() -> items.stream().map(each -> new Snapshot.Item(each, List.of())), state);
        return state;
    }

    private static void assertSame(CoordinatorState restored) {
        assertThat(restored.index()).isEqualTo(INDEX);
        assertThat(restored.time()).isEqualTo(TIME);
        assertThat(restored.view().sessionsInOrder()).isEqualTo(sessions());
        assertThat(restored.transactions().toList()).containsExactlyInAnyOrderElementsOf(transactions());
    }

    private static CoordinatorState state() {
        CoordinatorState state = new CoordinatorState(Limits.DEFAULT);
        state.restore(INDEX, TIME);
        sessions().forEach(state::restore);
        transactions().forEach(state::restore);
        return state;
    }

    private static List<SessionState> sessions() {
        return List.of(
                new SessionState(
                        3,
                        Long.MIN_VALUE,
                        "node-α",
                        "shop",
                        List.of("OrderService.place", "stock"),
                        1_000,
                        1_795_000_000_000L,
                        TIME - 5,
                        77,
                        9,
                        NumberRanges.of(new long[] {11, 14, 20, 21})),
                new SessionState(
                        400,
                        42,
                        "b",
                        "",
                        List.of(),
                        2_000,
                        1_795_000_001_000L,
                        SessionState.OPEN,
                        0,
                        0,
                        NumberRanges.EMPTY));
    }

    /** One in each status, with a step in each status, and with and without all that may be absent. */
    private static List<TransactionState> transactions() {
        List<TransactionState> all = new ArrayList<>();
        for (TransactionStatus each : TransactionStatus.values()) {
            all.add(transaction(each, all.size() + 1));
        }
        return all;
    }

    private static TransactionState transaction(TransactionStatus status, int number) {
        boolean atomic = status == TransactionStatus.HEURISTIC_MIXED;
        TransactionState.Decision decision = status == TransactionStatus.ACTIVE
                ? null
                : new TransactionState.Decision(
                        number % 2 == 0 ? Outcome.COMMIT : Outcome.ABORT,
                        "because “so”",
                        TIME - 10,
                        1_795_000_002_000L);
        return new TransactionState(
                new TransactionId(CLUSTER, 3, 10 + number),
                "OrderService.place",
                atomic ? TransactionMode.ATOMIC : TransactionMode.SAGA,
                number % 3 == 0 ? Recovery.FORWARD : Recovery.BACKWARD,
                status,
                number % 2 == 0 ? 3 : 0,
                number,
                TIME + 1,
                TIME + 60_000,
                TIME - 100,
                1_795_000_000_500L,
                decision,
                status == TransactionStatus.RESOLVED ? decision : null,
                status.isFinal() ? TIME - 1 : 0,
                status.isFinal() ? 1_795_000_003_000L : 0,
                number % 2 == 0 ? new Payload(4_000 + number, 1) : null,
                atomic ? new TransactionState.DecisionRecord("0:ffff7f000101:1", 2, new Payload(4_100, 3)) : null,
                1_234 + number,
                atomic ? List.of() : steps());
    }

    private static List<StepState> steps() {
        List<StepState> steps = new ArrayList<>();
        for (StepStatus each : StepStatus.values()) {
            steps.add(step(each, steps.size() + 1));
        }
        return steps;
    }

    private static StepState step(StepStatus status, int call) {
        boolean guarded = call % 2 == 0;
        @Nullable Payload recorded = guarded ? new Payload(4_200 + call, call) : null;
        return new StepState(
                new StepState.Intent(
                        StepNumber.of(call, 2),
                        "StockService.reserve",
                        guarded ? "stock" : null,
                        guarded ? "9f3c" : null,
                        400,
                        call == 3,
                        call != 4,
                        guarded ? 0 : 30_000,
                        new RetrySchedule(120, 100, 2, 5_000, 0.2),
                        0xFEDC_BA98_7654_3210L,
                        recorded,
                        TIME - 50 + call,
                        1_795_000_001_500L),
                status,
                call % 3 == 0,
                recorded,
                call,
                120 + call,
                status == StepStatus.COMPENSATING ? 400 : 0,
                status == StepStatus.COMPENSATING ? TIME + 30_000 : 0,
                TIME + call,
                status == StepStatus.STARTED ? 0 : TIME - 2,
                status == StepStatus.STARTED ? 0 : 1_795_000_002_500L,
                status == StepStatus.PARKED ? "the carrier’s API is gone" : "");
    }
}
