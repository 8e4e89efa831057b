package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.exceptions.ObjectStoreException;
import com.arjuna.ats.arjuna.objectstore.ObjectStoreAPI;
import com.arjuna.ats.arjuna.objectstore.StateStatus;
import com.arjuna.ats.arjuna.state.InputObjectState;
import com.arjuna.ats.arjuna.state.OutputObjectState;
import com.arjuna.ats.internal.arjuna.common.UidHelper;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.LoggedDecisions;
import io.dtx.runtime.log.file.FileLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The object store as Narayana uses one: write, rewrite, read, remove, iterate, start again. */
class DecisionStoreTest {

    private static final String TYPE = "/StateManager/BasicAction/TwoPhaseCoordinator/AtomicAction";

    @TempDir
    Path directory;

    private Coordinator coordinator;
    private LoggedDecisions log;
    private OpenTransactions open;
    private ObjectStoreAPI store;

    @BeforeEach
    void open() {
        coordinator = new Coordinator(
                new FileLog(directory, 1 << 20, 1 << 20), new Limits(1 << 28, 1 << 26, 1 << 26, 1 << 24, 600_000));
        coordinator.open();
        coordinator.openSession("node", "test", List.of());
        String node =
                BranchName.node(coordinator.cluster(), coordinator.session().id());
        assertThat(Narayana.take(this, node)).isTrue();
        log = new LoggedDecisions(coordinator);
        open = new OpenTransactions(log, () -> {}, new Hands(Runnable::run, 0), new Stores(Map.of()));
        store = new DecisionStore(log, open);
        Narayana.use(store);
    }

    @AfterEach
    void close() {
        Narayana.giveBack(this);
        coordinator.close();
    }

    /** As after a kill: nothing is said to the log. */
    private void startAgain() {
        close();
        open();
    }

    private Uid begin() {
        OpenTransaction transaction = open.begin(coordinator.session().next(), 60_000);
        open.leave();
        return new Uid(transaction.uid());
    }

    private static OutputObjectState state(Uid uid, byte[] bytes) throws Exception {
        OutputObjectState state = new OutputObjectState(uid, TYPE);
        state.packBytes(bytes);
        return state;
    }

    private boolean write(Uid uid, byte[] bytes) throws Exception {
        return store.write_committed(uid, TYPE, state(uid, bytes));
    }

    private static byte[] filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private List<Uid> all() throws Exception {
        InputObjectState packed = new InputObjectState();
        assertThat(store.allObjUids(TYPE, packed)).isTrue();
        List<Uid> uids = new ArrayList<>();
        for (Uid each = UidHelper.unpackFrom(packed);
                each.notEquals(Uid.nullUid());
                each = UidHelper.unpackFrom(packed)) {
            uids.add(each);
        }
        return uids;
    }

    @Test
    void what_is_written_is_read_until_it_is_removed() throws Exception {
        Uid uid = begin();
        assertThat(store.currentState(uid, TYPE)).isEqualTo(StateStatus.OS_UNKNOWN);
        assertThat(store.read_committed(uid, TYPE)).isNull();

        assertThat(write(uid, filled(552, 1))).isTrue();
        assertThat(store.currentState(uid, TYPE)).isEqualTo(StateStatus.OS_COMMITTED);
        assertThat(store.read_committed(uid, TYPE).unpackBytes()).isEqualTo(filled(552, 1));

        assertThat(store.remove_committed(uid, TYPE)).isTrue();
        assertThat(store.currentState(uid, TYPE)).isEqualTo(StateStatus.OS_UNKNOWN);
        assertThat(all()).isEmpty();
    }

    @Test
    void a_record_is_rewritten_under_the_same_name() throws Exception {
        Uid uid = begin();
        write(uid, filled(768, 1));
        assertThat(write(uid, filled(336, 2))).isTrue();

        assertThat(store.read_committed(uid, TYPE).unpackBytes()).isEqualTo(filled(336, 2));
        startAgain();
        assertThat(store.read_committed(uid, TYPE).unpackBytes()).isEqualTo(filled(336, 2));
    }

    @Test
    void a_restart_finds_what_was_written_and_not_what_was_removed() throws Exception {
        Uid stays = begin();
        Uid goes = begin();
        write(stays, filled(100, 1));
        write(goes, filled(100, 2));
        store.remove_committed(goes, TYPE);
        log.flush();

        startAgain();
        assertThat(all()).containsExactly(stays);
        InputObjectState types = new InputObjectState();
        assertThat(store.allTypes(types)).isTrue();
        assertThat(types.unpackString()).isEqualTo(TYPE);
        assertThat(types.unpackString()).isEmpty();
        assertThat(store.remove_committed(stays, TYPE)).isTrue();
        log.flush();

        startAgain();
        assertThat(all()).isEmpty();
    }

    @Test
    void what_is_removed_and_not_yet_said_to_the_log_is_there_again_after_a_restart() throws Exception {
        Uid uid = begin();
        write(uid, filled(100, 1));
        store.remove_committed(uid, TYPE);
        assertThat(all()).isEmpty();

        startAgain();
        assertThat(all()).containsExactly(uid);
    }

    @Test
    void a_large_record_is_kept() throws Exception {
        Uid uid = begin();
        assertThat(write(uid, filled(700_000, 3))).isTrue();
        startAgain();
        assertThat(store.read_committed(uid, TYPE).unpackBytes()).isEqualTo(filled(700_000, 3));
    }

    @Test
    void snapshots_carry_the_records_that_are_not_forgotten() throws Exception {
        Uid kept = begin();
        write(kept, filled(5_000, 6));
        for (int i = 0; i < 60; i++) { // 6 MB, at a snapshot each
            Uid gone = begin();
            write(gone, filled(100_000, 7));
            store.remove_committed(gone, TYPE);
        }
        log.flush();

        startAgain();
        assertThat(all()).containsExactly(kept);
        assertThat(store.read_committed(kept, TYPE).unpackBytes()).isEqualTo(filled(5_000, 6));
    }

    @Test
    void many_threads_write_and_remove_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<Uid>> kept = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean removed = i % 2 == 0;
            kept.add(threads.submit(() -> {
                Uid uid = begin();
                assertThat(write(uid, filled(200, 4))).isTrue();
                return removed && store.remove_committed(uid, TYPE) ? Uid.nullUid() : uid;
            }));
        }
        List<Uid> expected = new ArrayList<>();
        for (Future<Uid> each : kept) {
            if (each.get().notEquals(Uid.nullUid())) {
                expected.add(each.get());
            }
        }
        threads.shutdown();
        log.flush();

        assertThat(all()).containsExactlyInAnyOrderElementsOf(expected).hasSize(200);
        startAgain();
        assertThat(all()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void a_transaction_that_dtx_has_not_begun_is_refused() {
        assertThatThrownBy(() -> write(new Uid(), filled(10, 5)))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageStartingWith("DTX-3529");
    }

    @Test
    void nothing_between_written_and_not_written_is_offered() {
        assertThat(store.fullCommitNeeded()).isFalse();
        assertThatThrownBy(() -> store.write_uncommitted(new Uid(), TYPE, new OutputObjectState()))
                .isInstanceOf(ObjectStoreException.class);
        assertThatThrownBy(() -> store.hide_state(new Uid(), TYPE)).isInstanceOf(ObjectStoreException.class);
    }
}
