package io.dtx.runtime.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a campaign makes of rounds that lose something, die, or cannot be run. */
class RoundTest {

    @TempDir
    Path reports;

    @Test
    void a_check_that_fails_is_a_loss_whatever_else_went_well() throws Exception {
        assertThat(round("loses,keeps").toString())
                .startsWith("CAMPAIGN planted trials=10 effective=7 losses=1 rounds=1");
    }

    @Test
    void a_round_that_dies_is_a_loss_even_with_exit_code_zero() throws Exception {
        assertThat(round("dies").losses()).isEqualTo(1);
    }

    @Test
    void a_fault_that_cannot_be_brought_says_so_and_is_no_loss() throws Exception {
        assertThat(round("cannot").toString()).isEqualTo("SKIPPED planted: no such disk");
    }

    private Outcome round(String methods) throws Exception {
        RealFault fault = new RealFault(
                "planted", 1, List.of(PlantedFaults.class.getName() + "#" + methods), Map.of(), Map.of(), false);
        return RoundProcess.run(fault, 1, false, reports);
    }
}
