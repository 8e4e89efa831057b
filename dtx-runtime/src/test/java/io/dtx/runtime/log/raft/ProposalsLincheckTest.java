package io.dtx.runtime.log.raft;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.interleavings.Interleavings;
import io.dtx.runtime.protocol.LogEntry;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** What a member has proposed when it ends: whatever was taken is heard of. */
public class ProposalsLincheckTest {

    private final Proposals proposals = new Proposals();
    private final Queue<Proposal> taken = new ConcurrentLinkedQueue<>();
    private final Queue<Proposal> committed = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    @Operation
    public void add() {
        Proposal proposal = new Proposal(new LogEntry(0, 0, 0, 0, List.of()));
        if (proposals.add(proposal)) {
            taken.add(proposal);
        }
    }

    @Operation
    public void commit() {
        Proposal proposal = taken.poll();
        if (proposal != null) {
            proposal.committed(1);
            committed.add(proposal);
        }
    }

    @Operation
    public void giveUp() {
        proposals.giveUp("another one leads");
    }

    @Operation(runOnce = true)
    public void end() {
        proposals.end("closed");
        ended = true;
    }

    /** Throws if somebody waits for what nobody will say, or if the oldest one is one that was heard of. */
    @Validate
    public void whateverWasTakenIsHeardOf() {
        boolean open = taken.stream().anyMatch(each -> !each.index().isDone());
        if (ended && open) {
            throw new IllegalStateException("unheard of");
        }
        if (!open && proposals.oldestNanos() > 0) {
            throw new IllegalStateException("heard of, and still in flight");
        }
    }

    @Test
    void whatever_was_taken_is_heard_of_in_every_interleaving() {
        Interleavings.checksAtTheEnd().check(ProposalsLincheckTest.class);
    }

    @Test
    void a_proposal_that_is_taken_beside_the_end_is_found() {
        assertThrows(AssertionError.class, () -> Interleavings.checksAtTheEnd().check(Planted.class));
    }

    /** Planted: whether it has ended is asked before the proposal counts. */
    public static class Planted {

        private final Set<Proposal> inFlight = ConcurrentHashMap.newKeySet();
        private volatile boolean ended;

        @Operation
        public void add() {
            if (!ended) {
                inFlight.add(new Proposal(new LogEntry(0, 0, 0, 0, List.of())));
            }
        }

        @Operation(runOnce = true)
        public void end() {
            ended = true;
            inFlight.forEach(each -> each.unknown("closed"));
        }

        /** Throws if somebody waits for what nobody will say. */
        @Validate
        public void whateverWasTakenIsHeardOf() {
            if (ended && inFlight.stream().anyMatch(each -> !each.index().isDone())) {
                throw new IllegalStateException("unheard of");
            }
        }
    }
}
