package io.dtx.runtime.participant.xa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions of two-phase commit, as the log keeps them. */
class DecisionFuzzTest {

    static Stream<byte[]> known() {
        return Stream.of(
                new DecisionRecord(Map.of("east", "1f", "west", "2e"), "/StateManager/X", new byte[] {1, 2}).encode());
    }

    @MethodSource("known")
    @FuzzTest(maxDuration = "2m")
    void whatever_the_bytes_are_a_decision_comes_out_or_a_refusal(byte[] bytes) {
        DecisionRecord record;
        try {
            record = DecisionRecord.decode(bytes);
        } catch (UncheckedIOException | IllegalStateException e) {
            return;
        }
        byte[] encoded = record.encode();
        assertArrayEquals(encoded, DecisionRecord.decode(encoded).encode());
    }
}
