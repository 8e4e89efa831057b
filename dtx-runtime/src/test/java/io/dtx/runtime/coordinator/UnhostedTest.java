package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionId;
import io.dtx.runtime.protocol.LogCommand;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnhostedTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final Need NEED = new Need("shop", "resource db", "Stock.reserve", "db@first");
    private static final Map<Need, List<TransactionId>> WAITING =
            Map.of(NEED, List.of(new TransactionId(1, 2, 3), new TransactionId(1, 2, 4)));

    private final Unhosted unhosted = new Unhosted(0);

    @Test
    void what_nobody_has_had_for_a_minute_is_told_once_a_minute() {
        assertThat(unhosted.isDue(MINUTE - 1)).isFalse();
        assertThat(unhosted.isDue(MINUTE)).isTrue();
        assertThat(unhosted.look(WAITING, MINUTE)).isEmpty();
        assertThat(unhosted.isDue(2 * MINUTE - 1)).isFalse();

        assertThat(unhosted.look(WAITING, 2 * MINUTE))
                .singleElement()
                .asString()
                .startsWith(
                        "DTX-4027 2 transactions, 0000000000000001-2-3 first, wait for a process of application \"shop\" that"
                                + " has Stock.reserve"
                                + " and sees resource and database db@first");
        assertThat(unhosted.look(WAITING, 3 * MINUTE)).hasSize(1);
    }

    @Test
    void what_somebody_has_had_meanwhile_is_not_told() {
        unhosted.look(WAITING, MINUTE);
        unhosted.look(Map.of(), 2 * MINUTE);

        assertThat(unhosted.look(WAITING, 3 * MINUTE)).isEmpty();
    }

    @Test
    void a_state_tells_what_no_open_session_has() {
        ScriptedLog log = new ScriptedLog();
        long owner = log.open("n1");
        TransactionId id = ScriptedLog.id(owner, 1);
        log.unit(
                owner,
                ScriptedLog.begin(id),
                ScriptedLog.start(id, 1),
                ScriptedLog.finish(id, 1),
                ScriptedLog.abort(id));
        Need need = new Need("app", "resource db", log.step(id, 1).intent().name(), "db@database-1");

        assertThat(log.state.unhosted()).isEqualTo(Map.of(need, List.of(id)));

        log.unnumbered(new LogCommand.OpenSession(6, "n2", "other", List.of(need.step(), need.database())));
        assertThat(log.state.unhosted()).as("another application").containsKey(need);

        log.unnumbered(new LogCommand.OpenSession(7, "n2", "app", List.of(need.step(), need.database())));
        assertThat(log.state.unhosted()).isEmpty();
    }
}
