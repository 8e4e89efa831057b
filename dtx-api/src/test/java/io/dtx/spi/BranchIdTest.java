package io.dtx.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.TransactionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchIdTest {

    private static final TransactionId ID = new TransactionId(0x5f3a09c2d1e4b687L, 1, 100);

    @Test
    void its_text_can_be_read_back() {
        BranchId branch = new BranchId(ID, "AAB_-.x9");

        assertEquals("5f3a09c2d1e4b687-1-2s.AAB_-.x9", branch.toString());
        assertEquals(branch, BranchId.parse(branch.toString()));
    }

    @Test
    void the_longest_has_240_characters() {
        TransactionId longest = TransactionId.parse("ffffffffffffffff-zzzzzzzzz-1y2p0ij32e8e7");
        BranchId branch = new BranchId(longest, "x".repeat(199));

        assertEquals(240, branch.toString().length());
        assertEquals(branch, BranchId.parse(branch.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5f3a09c2d1e4b687-1-2s",
                "5f3a09c2d1e4b687-1-2s.",
                "5f3a09c2d1e4b687-1-2s.a b",
                "5f3a09c2d1e4b687-1-2s.a\n",
                "5f3a09c2d1e4b687-1.a",
                ".a"
            })
    void what_is_no_name_of_a_branch_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> BranchId.parse(text));
    }
}
