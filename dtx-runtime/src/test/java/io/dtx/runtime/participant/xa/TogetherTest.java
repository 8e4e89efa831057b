package io.dtx.runtime.participant.xa;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.arjuna.common.Uid;
import io.dtx.TransactionId;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** Whatever becomes of resources' paces while a transaction ends, each branch is prepared once and committed once. */
class TogetherTest {

    private static final TransactionId ID = new TransactionId(0x5f3a09c2d1e4b687L, 7, 1);
    private static final Xid XID = new NamedXid(Uid.nullUid(), "east", 1);
    private static final long SLOW = 700_000;

    private final List<String> calls = new ArrayList<>();
    private final Map<String, Pace.OfResource> paces =
            Map.of("east", new Pace.OfResource(), "west", new Pace.OfResource());
    private final Together together = new Together(() -> Runnable::run, paces::get);

    @Test
    void slow_branches_are_ended_with_the_first_that_is_asked() throws Exception {
        runBoth();

        assertThat(calls).containsExactly("west end", "west prepare", "east prepare", "west commit", "east commit");
    }

    @Test
    void fast_branches_wait_until_they_are_asked_also_when_one_of_them_grows_slow_meanwhile() throws Exception {
        paces.values().forEach(each -> answer(each, 1_000));
        runBoth();

        assertThat(calls).containsExactly("east prepare", "west prepare", "east commit", "west commit");
    }

    /** As Narayana does; whoever is called makes everybody slow. */
    private void runBoth() throws Exception {
        ParallelBranch east = branch("east");
        ParallelBranch west = branch("west");
        for (ParallelBranch each : List.of(east, west)) {
            each.start(XID, XAResource.TMNOFLAGS);
        }
        calls.clear();
        assertThat(east.prepare(XID)).isEqualTo(XAResource.XA_OK);
        assertThat(west.prepare(XID)).isEqualTo(XAResource.XA_OK);
        if (!calls.contains("west end")) {
            paces.values().forEach(each -> answer(each, 1_000));
        }
        east.commit(XID, false);
        west.commit(XID, false);
    }

    private ParallelBranch branch(String name) {
        XAResource resource = (XAResource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {XAResource.class}, (self, method, arguments) -> {
                    calls.add(name + " " + method.getName());
                    if (!method.getName().equals("start")) {
                        paces.values().forEach(each -> answer(each, SLOW));
                    }
                    return method.getReturnType() == int.class ? XAResource.XA_OK : null;
                });
        MemoryDecisions log = new MemoryDecisions();
        OpenTransactions open = new OpenTransactions(log, () -> {}, new Hands(Runnable::run, 0), new Stores(Map.of()));
        OpenTransaction transaction = new OpenTransaction(ID, new Uid(), open.manager(), log, open, together);
        return together.add(new GuardedXaResource(name, resource, transaction, null, null));
    }

    private static void answer(Pace.OfResource pace, long nanos) {
        for (int i = 0; i < 100; i++) {
            pace.prepare().answered(nanos);
            pace.commit().answered(nanos);
        }
    }
}
