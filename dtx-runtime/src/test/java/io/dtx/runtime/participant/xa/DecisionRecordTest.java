package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bytes of decisions in the log: those of this version, and those that earlier ones have written. */
class DecisionRecordTest {

    private static final String TYPE = "2f74797065"; // /type
    private static final String EAST = "000465617374";
    private static final String WEST = "000477657374";

    @Test
    void a_decision_names_its_stores() {
        Map<String, String> stores = new TreeMap<>(Map.of("east", "id", "west", Stores.UNKNOWN));

        byte[] encoded = new DecisionRecord(stores, "/type", new byte[] {7, 8}).encode();

        assertThat(HexFormat.of().formatHex(encoded))
                .isEqualTo("02" + "0005" + TYPE + "0002" + EAST + "00026964" + WEST + "0000" + "0708");
        assertThat(DecisionRecord.decode(encoded).stores()).isEqualTo(stores);
        assertThat(DecisionRecord.decode(encoded).bytes()).containsExactly(7, 8);
    }

    @Test
    void a_decision_from_before_stores_had_ids_is_read_by_names() {
        byte[] earlier = HexFormat.of().parseHex("01" + "0005" + TYPE + "0002" + EAST + WEST + "0708");

        DecisionRecord read = DecisionRecord.decode(earlier);

        assertThat(read.stores()).isEqualTo(Map.of("east", Stores.UNKNOWN, "west", Stores.UNKNOWN));
        assertThat(read.isOf("type")).isTrue();
        assertThat(read.bytes()).containsExactly(7, 8);
    }

    @Test
    void a_decision_of_a_later_version_says_which_one_to_start() {
        assertThatThrownBy(() -> DecisionRecord.decode(new byte[] {3}))
                .hasMessageStartingWith(
                        "DTX-3531 a decision in the log has format 3, and this version of dtx reads up to 2");
    }
}
