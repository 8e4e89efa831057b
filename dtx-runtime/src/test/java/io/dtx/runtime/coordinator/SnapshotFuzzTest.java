package io.dtx.runtime.coordinator;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.Snapshot;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Items of snapshots, which members send to each other, and to applications. */
class SnapshotFuzzTest {

    static Stream<byte[]> known() {
        CoordinatorState state = new CoordinatorState(Limits.DEFAULT);
        return StateCodec.snapshot(state.view()).items().map(Snapshot.Item::bytes);
    }

    @MethodSource("known")
    @FuzzTest(maxDuration = "2m")
    void whatever_the_bytes_are_a_state_comes_out_or_a_damage_report(byte[] bytes) {
        CoordinatorState state = new CoordinatorState(Limits.DEFAULT);
        try {
            StateCodec.restore(() -> Stream.of(new Snapshot.Item(bytes, List.of())), state);
        } catch (LogDamagedException e) {
            return;
        }
        StateCodec.snapshot(state.view()).items().forEach(item -> {});
    }
}
