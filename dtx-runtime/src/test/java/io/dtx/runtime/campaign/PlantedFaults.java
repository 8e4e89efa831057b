package io.dtx.runtime.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Tests that end as none should; rounds run them, the build does not. */
class PlantedFaults {

    @Test
    void loses() {
        Tally.add(7, 5);
        assertEquals("all that was acknowledged", "less");
    }

    @Test
    void keeps() {
        Tally.add(3, 2);
    }

    @Test
    void dies() {
        Tally.add(1, 1);
        Runtime.getRuntime().halt(0);
    }

    @Test
    void cannot() {
        Tally.skip("no such disk");
    }
}
