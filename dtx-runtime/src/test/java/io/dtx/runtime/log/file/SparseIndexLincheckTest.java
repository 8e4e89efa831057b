package io.dtx.runtime.log.file;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import java.util.Arrays;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Where records are, looked up while others are added, and while the arrays that hold the places are full and grow. */
@Param(name = "index", gen = IntGen.class, conf = "63:68")
public class SparseIndexLincheckTest {

    private static final int THERE = 63;

    private final SparseIndex index = new SparseIndex(new SegmentHeader(1, 1, 0, 0, 1 << 20));
    private int last;

    /** Leaves room for one more. */
    public SparseIndexLincheckTest() {
        for (int i = 0; i < THERE; i++) {
            add();
        }
    }

    @Operation(nonParallelGroup = "writer")
    public void add() {
        last++;
        index.add(last, Segment.RECORDS + (long) last * SparseIndex.STEP);
    }

    @Operation
    public long placeBefore(@Param(name = "index") int record) {
        return index.placeBefore(record);
    }

    @Test
    void whatever_threads_do_at_once_could_have_been_done_one_after_the_other() {
        Interleavings.options().check(SparseIndexLincheckTest.class);
    }

    @Test
    void a_place_that_counts_before_it_is_written_is_found() {
        assertThrows(AssertionError.class, () -> Interleavings.options().check(Planted.class));
    }

    /** Planted: the count is raised first. */
    @Param(name = "index", gen = IntGen.class, conf = "1:3")
    public static class Planted {

        private final int[] indexes = new int[16];
        private final long[] offsets = new long[16];
        private volatile int count;

        @Operation(nonParallelGroup = "writer")
        public void add() {
            int place = count;
            count = place + 1;
            indexes[place] = place + 1;
            offsets[place] = (long) (place + 1) * SparseIndex.STEP;
        }

        @Operation
        public long placeBefore(@Param(name = "index") int record) {
            int found = Arrays.binarySearch(indexes, 0, count, record);
            return offsets[found >= 0 ? found : Math.max(0, -found - 2)];
        }
    }
}
