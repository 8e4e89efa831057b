package io.dtx.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NumberRangesTest {

    @Test
    void neighbours_become_one_range() {
        NumberRanges ranges = NumberRanges.EMPTY.with(5).with(7).with(6).with(9);
        assertThat(ranges.bounds()).containsExactly(5, 7, 9, 9);
        assertThat(ranges).isEqualTo(NumberRanges.of(5, 7, 9, 9)).hasSameHashCodeAs(NumberRanges.of(5, 7, 9, 9));
    }

    @Test
    void what_is_below_the_mark_goes_and_a_range_across_it_is_cut() {
        NumberRanges ranges = NumberRanges.of(1, 3, 5, 9, 20, 21);
        assertThat(ranges.from(7).bounds()).containsExactly(7, 9, 20, 21);
        assertThat(ranges.from(9).bounds()).containsExactly(9, 9, 20, 21);
        assertThat(ranges.from(10).bounds()).containsExactly(20, 21);
        assertThat(ranges.from(99)).isEqualTo(NumberRanges.EMPTY);
        assertThat(ranges.from(1)).isSameAs(ranges);
    }

    @Test
    void sets_of_different_numbers_are_different_and_say_so() {
        NumberRanges ranges = NumberRanges.of(1, 3);
        assertThat(ranges).isNotEqualTo(NumberRanges.of(1, 4)).doesNotHaveSameHashCodeAs(NumberRanges.of(1, 4));
        assertThat(ranges).hasToString("[1, 3]");
    }

    @Test
    void as_many_ranges_as_there_may_be_are_kept_apart() {
        NumberRanges ranges = NumberRanges.EMPTY;
        for (long range = 1; range <= NumberRanges.RANGES_MAX; range++) {
            ranges = ranges.with(2 * range);
        }
        assertThat(ranges.bounds()).hasSize(2 * NumberRanges.RANGES_MAX);
        assertThat(ranges.with(1_000_000).bounds()).hasSize(2 * NumberRanges.RANGES_MAX);
        assertThat(ranges.with(1_000_000).contains(3)).isTrue(); // the lowest gap is filled
    }

    @Test
    void it_holds_what_a_set_of_numbers_holds() {
        Random random = new Random(1);
        NumberRanges ranges = NumberRanges.EMPTY;
        TreeSet<Long> set = new TreeSet<>();
        for (int i = 0; i < 2_000; i++) {
            long number = random.nextInt(500);
            ranges = ranges.with(number);
            set.add(number);
            if (i % 200 == 0) {
                long low = random.nextInt(60);
                ranges = ranges.from(low);
                set.headSet(low).clear();
            }
            long probe = random.nextInt(500);
            assertThat(ranges.contains(probe)).as("seed 1, step " + i).isEqualTo(set.contains(probe));
        }
    }

    @Test
    void it_is_bounded_and_never_lacks_a_number_that_was_added() {
        NumberRanges ranges = NumberRanges.EMPTY;
        for (long number = 1; number <= 20_000; number += 2) {
            ranges = ranges.with(number);
        }
        assertThat(ranges.bounds()).hasSizeLessThanOrEqualTo(2 * NumberRanges.RANGES_MAX);
        for (long number = 1; number <= 20_000; number += 2) {
            assertThat(ranges.contains(number)).isTrue();
        }
        assertThat(ranges.contains(20_000)).isFalse();
        assertThat(ranges.contains(19_998)).isFalse();
    }
}
