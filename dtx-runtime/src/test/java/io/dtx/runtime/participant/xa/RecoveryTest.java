package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.arjuna.common.Uid;
import io.dtx.TransactionId;
import io.dtx.runtime.participant.DecisionLog.Decision;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rule that ends what is in doubt: commit what the log has decided, roll back what it has not and never will. */
class RecoveryTest {

    private static final long CLUSTER = 0x5f3a09c2d1e4b687L;
    private static final long OWN = 9;
    private static final long DEAD = 3;
    private static final long ALIVE = 5;
    private static final Stores STORES = new Stores(Map.of("east", "store one", "west", Stores.UNKNOWN));

    private final MemoryDecisions log = new MemoryDecisions();
    private final FakeResource east = new FakeResource("east");
    private final FakeResource west = new FakeResource("west");
    private OpenTransactions open;
    private Recovery recovery;
    private long next;

    @BeforeEach
    void open() {
        assertThat(Narayana.take(this, BranchName.node(CLUSTER, OWN))).isTrue();
        log.sessionOpens(OWN);
        log.sessionOpens(ALIVE);
        open = new OpenTransactions(log, () -> {}, new Hands(Runnable::run, 0), STORES);
        Narayana.use(new DecisionStore(log, open));
        recovery = new Recovery(CLUSTER, OWN, List.of(east, west), open, log, Runnable::run, Runnable::run);
    }

    @AfterEach
    void close() {
        Narayana.giveBack(this);
    }

    @Test
    void what_a_dead_session_decided_is_committed_everywhere_and_forgotten() {
        Uid uid = new Uid();
        decide(DEAD, uid, "east", "west");
        Xid one = prepare(east, uid, DEAD, false);
        Xid two = prepare(west, uid, DEAD, false);

        assertThat(recovery.pass()).isTrue();

        assertThat(east.committed).containsExactly(one);
        assertThat(west.committed).containsExactly(two);
        assertThat(log.decisions()).isEmpty();
    }

    @Test
    void what_a_dead_session_did_not_decide_is_rolled_back_however_late_it_is_seen() {
        Xid early = prepare(east, new Uid(), DEAD, false);
        assertThat(recovery.pass()).isTrue();
        Xid late = prepare(west, new Uid(), DEAD, false);
        assertThat(recovery.pass()).isTrue();

        assertThat(east.rolledBack).containsExactly(early);
        assertThat(west.rolledBack).containsExactly(late);
    }

    @Test
    void what_this_process_left_behind_is_ended_like_a_dead_one_s() {
        Uid decided = new Uid();
        decide(OWN, decided, "east");
        Xid one = prepare(east, decided, OWN, false);
        Xid two = prepare(west, new Uid(), OWN, false);

        assertThat(recovery.pass()).isTrue();

        assertThat(east.committed).containsExactly(one);
        assertThat(west.rolledBack).containsExactly(two);
    }

    @Test
    void branches_of_a_living_session_and_of_other_clusters_are_left_alone() {
        Uid decided = new Uid();
        decide(ALIVE, decided, "east");
        prepare(east, decided, ALIVE, false);
        prepare(east, new Uid(), ALIVE, false);
        west.prepare(new NamedXid(new Uid(), BranchName.node(CLUSTER + 1, DEAD), 1), false);
        west.prepare(new NamedXid(new Uid(), "somebody-else", 1), false);

        assertThat(recovery.pass()).isTrue();

        assertThat(east.listed()).hasSize(2);
        assertThat(west.listed()).hasSize(2);
        assertThat(log.decisions()).hasSize(1);
    }

    /** With the look at what is listed taken out, the decision is dropped and the branch rolled back: planted, as a proof. */
    @ParameterizedTest
    @EnumSource
    void a_branch_that_answers_nota_while_it_is_listed_keeps_its_decision_until_it_can_be_committed(
            LateOwnerTest.Guard guard) {
        boolean guarded = guard == LateOwnerTest.Guard.GUARDED;
        east.unguarded = !guarded;
        Uid uid = new Uid();
        decide(DEAD, uid, "east", "west");
        Xid attached = prepare(east, uid, DEAD, true);
        Xid free = prepare(west, uid, DEAD, false);

        assertThat(recovery.pass()).isEqualTo(!guarded);
        assertThat(log.decisions()).hasSize(guarded ? 1 : 0);
        assertThat(west.committed).containsExactly(free);

        east.detach(attached);
        assertThat(recovery.pass()).isTrue();
        assertThat(guarded ? east.committed : east.rolledBack).containsExactly(attached);
        assertThat(guarded ? east.rolledBack : east.committed).isEmpty();
        assertThat(log.decisions()).isEmpty();
    }

    @Test
    void a_resource_that_does_not_answer_keeps_its_decisions() {
        Uid uid = new Uid();
        decide(DEAD, uid, "east", "west");
        Xid one = prepare(east, uid, DEAD, false);
        prepare(west, uid, DEAD, false);
        west.silent = true;

        assertThat(recovery.pass()).isFalse();
        assertThat(east.committed).containsExactly(one);
        assertThat(log.decisions()).hasSize(1);

        west.silent = false;
        assertThat(recovery.pass()).isTrue();
        assertThat(log.decisions()).isEmpty();
    }

    @Test
    void a_resource_that_is_not_registered_keeps_its_decisions() {
        Uid uid = new Uid();
        decide(DEAD, uid, "east", "north");

        recovery.pass();

        assertThat(log.decisions()).hasSize(1);
    }

    @Test
    void another_store_under_the_same_name_does_not_end_a_decision() {
        Uid uid = new Uid();
        decide(uid, Map.of("east", "store two", "west", Stores.UNKNOWN));
        Xid there = prepare(west, uid, DEAD, false);

        recovery.pass();
        assertThat(west.committed).containsExactly(there);
        assertThat(log.decisions())
                .as("nothing is listed, but nobody has asked store two")
                .hasSize(1);

        decide(new Uid(), Map.of("west", "a store that tells its id, which this one does not"));
        recovery.pass();
        assertThat(log.decisions()).hasSize(2);
    }

    @Test
    void a_store_counts_under_whatever_name_it_is_registered() {
        Uid uid = new Uid();
        decide(uid, Map.of("old name of east", "store one", "west", Stores.UNKNOWN));
        Xid xid = prepare(east, uid, DEAD, false);

        assertThat(recovery.pass()).isTrue();

        assertThat(east.committed).containsExactly(xid);
        assertThat(log.decisions()).isEmpty();
    }

    @Test
    void no_store_counts_for_two_of_a_decision() {
        see(Map.of("west", "store one"), west); // the other one is seen by nobody here, whatever it was called there
        Uid uid = new Uid();
        decide(uid, Map.of("east", "store one", "west", Stores.UNKNOWN));
        Xid there = prepare(west, uid, DEAD, false);

        recovery.pass();

        assertThat(west.committed).containsExactly(there);
        assertThat(log.decisions())
                .as("nobody has asked the store that tells no id")
                .hasSize(1);
    }

    @Test
    void heuristic_outcomes_in_two_stores_are_two_although_processes_call_the_stores_by_each_other_s_names() {
        Uid uid = new Uid();
        decide(uid, Map.of("east", "store one", "west", "store two"));
        see(Map.of("east", "store one"), east); // and the other one, but dies before it comes to that
        prepare(east, uid, DEAD, false);
        east.answersToCommit = XAException.XA_HEURRB;
        recovery.pass();

        see(Map.of("east", "store two", "west", "store one"), east, west);
        prepare(east, uid, DEAD, false);
        recovery.pass();

        assertThat(log.heuristics)
                .satisfiesExactly(
                        first -> assertThat(first).endsWith(" east ROLLED_BACK"),
                        second -> assertThat(second).endsWith(" west ROLLED_BACK"));
    }

    @Test
    void a_decision_that_cannot_be_read_keeps_no_other_from_being_forgotten() {
        Uid unread = new Uid();
        log.record(new TransactionId(CLUSTER, DEAD, ++next), unread.stringForm(), 1, new byte[] {99});
        Uid uid = new Uid();
        decide(DEAD, uid, "east");
        Xid xid = prepare(east, uid, DEAD, false);

        assertThat(recovery.pass()).isFalse();

        assertThat(east.committed).containsExactly(xid);
        assertThat(log.decisions()).extracting(Decision::uid).containsExactly(unread.stringForm());
    }

    @Test
    void what_is_to_be_forgotten_is_sent_also_when_looking_after_what_is_in_doubt_fails() throws Exception {
        log.silent = true;
        try (Caretaker caretaker = new Caretaker(recovery, log, 1)) {
            caretaker.start();

            assertThat(log.flushed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_branch_that_was_ended_by_hand_against_the_decision_is_told_and_not_tried_for_ever() {
        Uid uid = new Uid();
        decide(DEAD, uid, "east");
        prepare(east, uid, DEAD, false);
        east.answersToCommit = XAException.XA_HEURRB;

        assertThat(recovery.pass()).isTrue();

        assertThat(log.heuristics).singleElement().asString().endsWith(" east ROLLED_BACK");
        assertThat(east.listed()).isEmpty();
        assertThat(log.decisions()).isEmpty();
    }

    @Test
    void a_heuristic_outcome_whose_decision_cannot_be_read_holds_up_no_other_branch() {
        Uid unread = new Uid();
        decide(DEAD, unread, "east");
        Xid stays = prepare(east, unread, DEAD, false);
        Uid uid = new Uid();
        decide(DEAD, uid, "east");
        prepare(east, uid, DEAD, false);
        east.answersToCommit = XAException.XA_HEURRB;
        log.unreadable = unread.stringForm();

        assertThat(recovery.pass()).isFalse();

        assertThat(log.heuristics).singleElement().asString().endsWith(" east ROLLED_BACK");
        assertThat(east.listed()).containsExactly(stays);
    }

    @Test
    void a_resource_manager_forgets_what_it_decided_by_itself_only_once_the_log_has_it() {
        Uid uid = new Uid();
        decide(DEAD, uid, "east");
        prepare(east, uid, DEAD, false);
        east.answersToCommit = XAException.XA_HEURMIX;
        log.refusing = true;

        assertThat(recovery.pass()).isFalse();

        assertThat(east.listed()).hasSize(1);
        assertThat(log.decisions()).hasSize(1);
    }

    @Test
    void a_branch_that_fails_on_an_additional_connection_keeps_its_decision() {
        for (int i = 0; i < 32; i++) { // so many that there are two connections
            Uid uid = new Uid();
            decide(DEAD, uid, "east");
            prepare(east, uid, DEAD, false);
        }
        east.answersToCommit = XAException.XA_HEURMIX;
        log.failing = true;

        assertThat(recovery.pass()).isFalse();
        assertThat(log.heuristics).hasSize(31);
        assertThat(east.listed()).hasSize(1);
        assertThat(log.decisions()).hasSize(1);

        assertThat(recovery.pass()).isTrue();
        assertThat(east.listed()).isEmpty();
        assertThat(log.decisions()).isEmpty();
    }

    @Test
    void a_resource_that_hangs_does_not_hold_up_the_others_and_is_not_asked_twice() {
        recovery = new Recovery(
                CLUSTER, OWN, List.of(east, west), open, log, task -> new Thread(task).start(), Runnable::run);
        Uid both = new Uid();
        decide(DEAD, both, "east", "west");
        Xid hanging = prepare(east, both, DEAD, false);
        Xid one = prepare(west, both, DEAD, false);
        Uid only = new Uid();
        decide(DEAD, only, "west");
        Xid two = prepare(west, only, DEAD, false);
        east.listing = new CountDownLatch(1);

        assertThat(recovery.pass()).isFalse();
        assertThat(west.committed).containsExactly(one, two);
        assertThat(log.decisions()).hasSize(1);

        Xid later = prepare(west, new Uid(), DEAD, false);
        Uid meanwhile = new Uid();
        decide(DEAD, meanwhile, "east");
        assertThat(recovery.pass()).isFalse();
        assertThat(west.rolledBack).containsExactly(later);
        assertThat(log.decisions()).hasSize(2);
        assertThat(east.looks).hasValue(1);

        east.listing.countDown();
        recovery.awaitScans();
        assertThat(east.committed).containsExactly(hanging);
        assertThat(recovery.pass())
                .as("what it has not looked for cannot be clean")
                .isFalse();
        assertThat(log.decisions()).extracting(Decision::uid).containsExactly(meanwhile.stringForm());
        assertThat(east.looks).hasValue(1);

        assertThat(recovery.pass()).isTrue();
        assertThat(log.decisions()).isEmpty();
        assertThat(east.looks).hasValue(2);
    }

    /** Lets another process look, which sees these stores behind its resources. */
    private void see(Map<String, String> stores, FakeResource... resources) {
        open = new OpenTransactions(log, () -> {}, new Hands(Runnable::run, 0), new Stores(stores));
        recovery = new Recovery(CLUSTER, OWN, List.of(resources), open, log, Runnable::run, Runnable::run);
    }

    private void decide(long session, Uid uid, String... resources) {
        byte[] record =
                new DecisionRecord(STORES.of(Set.of(resources)), "/StateManager/BasicAction", new byte[8]).encode();
        log.record(new TransactionId(CLUSTER, session, ++next), uid.stringForm(), 1, record);
    }

    private void decide(Uid uid, Map<String, String> stores) {
        byte[] record = new DecisionRecord(stores, "/StateManager/BasicAction", new byte[8]).encode();
        log.record(new TransactionId(CLUSTER, DEAD, ++next), uid.stringForm(), 1, record);
    }

    private static Xid prepare(FakeResource manager, Uid uid, long session, boolean attached) {
        Xid xid = new NamedXid(uid, BranchName.node(CLUSTER, session), 1);
        manager.prepare(xid, attached);
        return xid;
    }
}
