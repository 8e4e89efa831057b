package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoresTest {

    private final FakeResource east = new FakeResource("east");
    private final FakeResource west = new FakeResource("west");

    @Test
    void a_store_is_found_by_its_id_and_one_that_tells_none_by_its_name() {
        east.storeId = "store one";

        Stores stores = Stores.of(List.of(east, west), Map.of());

        assertThat(stores.resource("orient", "store one")).isEqualTo("east");
        assertThat(stores.resource("east", "store two")).isNull();
        assertThat(stores.resource("west", Stores.UNKNOWN)).isEqualTo("west");
    }

    @Test
    void an_id_that_cannot_be_kept_and_two_names_for_one_store_are_refused() {
        east.storeId = "x".repeat(201);
        assertThatThrownBy(() -> Stores.of(List.of(east), Map.of()))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-3563 resource \"east\" tells a store id of 201 characters");
        east.storeId = null;
        assertThatThrownBy(() -> Stores.of(List.of(east), Map.of()))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-3563 resource \"east\" tells a store id of null");
        east.storeId = "one";
        west.storeId = "one";
        assertThatThrownBy(() -> Stores.of(List.of(east, west), Map.of()))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-3505");
    }
}
