package io.dtx.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dtx.benchmarks.Options.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void without_any_all_parts_are_measured_under_all_loads() {
        Options options = Options.parse();

        assertThat(options.callers()).containsExactly(1, 16, 64, 256);
        assertThat(options.parts()).containsExactly(Part.values());
        assertThat(options.pairs()).isEqualTo(10);
        assertThat(options.isQuick()).isFalse();
    }

    @Test
    void loads_parts_and_time_can_be_chosen() {
        Options options = Options.parse("--callers", "2,8", "--only", "log,start", "--seconds", "0.6");

        assertThat(options.callers()).containsExactly(2, 8);
        assertThat(options.parts()).containsExactly(Part.LOG, Part.START);
        assertThat(options.pairs()).isEqualTo(3);
        assertThat(options.turnNanos()).isEqualTo(200_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--callers", "--callers 0", "--callers x", "--seconds -1", "--seconds x", "--only tea", "--what"
            })
    void what_makes_no_sense_is_refused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(line.split(" ")));
    }
}
