package io.dtx.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SessionStateTest {

    @Test
    void a_session_without_the_names_of_what_it_has_is_the_same_otherwise() {
        SessionState session = new SessionState(
                2, 3, "node", "shop", List.of("Orders.place", "stock"), 4, 5, 6, 7, 8, NumberRanges.of(9, 10));
        assertThat(session.withoutHosted())
                .isEqualTo(new SessionState(2, 3, "node", "shop", List.of(), 4, 5, 6, 7, 8, NumberRanges.of(9, 10)));
    }
}
