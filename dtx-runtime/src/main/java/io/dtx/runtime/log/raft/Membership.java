package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.error.RaftError;
import io.dtx.runtime.log.LogUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the cluster. Asked of, and changed by, the leader only: elsewhere everything here fails with {@link
 * LogUnavailableException}. One change at a time; a change that fails may have been made: ask {@link #members} before it is
 * repeated. What would leave the cluster without a majority of members that answer is refused.
 */
public final class Membership {

    /** Five, and one more while one of them is being replaced. */
    private static final int MEMBERS_MAX = 6;

    private final Node node;
    private final Member self;

    Membership(Node node, Member self) {
        this.node = node;
        this.self = self;
    }

    /** Returns the members. */
    public List<Member> members() {
        try {
            return node.listPeers().stream().map(Member::of).toList();
        } catch (IllegalStateException e) {
            throw refused("only the leader knows the members", e);
        }
    }

    /** Returns the members that have answered lately, with this one. */
    public List<Member> alive() {
        try {
            return node.listAlivePeers().stream().map(Member::of).toList();
        } catch (IllegalStateException e) {
            throw refused("only the leader knows who is alive", e);
        }
    }

    /**
     * Adds a member, once it has caught up. It must have been made by {@link RaftLog#createJoining} and be running.
     *
     * @throws IllegalArgumentException if its id or its address is taken, or there are enough members
     */
    public CompletableFuture<Void> add(Member member) {
        requireAddable(member);
        return change(done -> node.addPeer(member.peer(), done));
    }

    /**
     * Looks whether the members leave room for another one, of this name.
     *
     * @throws IllegalArgumentException if they do not
     */
    public void requireAddable(Member member) {
        List<Member> members = members();
        for (Member each : members) {
            if (each.id() == member.id() || each.address().equals(member.address())) {
                throw new IllegalArgumentException("DTX-5214 " + member + " cannot be added beside " + each
                        + ": every member has an id and an address of its own; ids are not used again");
            }
        }
        if (members.size() >= MEMBERS_MAX) {
            throw new IllegalArgumentException("DTX-5222 " + member + " is not added to " + members.size()
                    + " members: a cluster has one, three or five; remove one first");
        }
    }

    /**
     * Removes a member.
     *
     * @throws IllegalArgumentException if it is the last one, or none, or leads; or if too few of the others answer
     */
    public CompletableFuture<Void> remove(int id) {
        PeerId leaving = requireRemovable(id).peer();
        if (id == self.id()) {
            throw new IllegalArgumentException("DTX-5215 member " + id + " leads: transfer the leadership first");
        }
        return change(done -> node.removePeer(leaving, done));
    }

    /**
     * Returns a member that the cluster can do without: the others go on.
     *
     * @throws IllegalArgumentException if it cannot
     */
    public Member requireRemovable(int id) {
        List<Member> members = members();
        Member leaving = require(id, members);
        if (members.size() == 1) {
            throw new IllegalArgumentException("DTX-5215 " + leaving + " is the only member, and stays");
        }
        List<Member> staying = members.stream().filter(each -> each.id() != id).toList();
        List<Member> answering = alive().stream().filter(staying::contains).toList();
        if (answering.size() <= staying.size() / 2) {
            throw new IllegalArgumentException("DTX-5223 without " + leaving + " only " + answering + " of " + staying
                    + " would answer, which is no majority: start another one first");
        }
        return leaving;
    }

    /**
     * Lets another member lead, soon.
     *
     * @throws IllegalArgumentException if it is none, or does not answer
     */
    public void transferLeadershipTo(int id) {
        Member next = require(id, members());
        if (!alive().contains(next)) {
            throw new IllegalArgumentException(
                    "DTX-5224 " + next + " does not answer, and cannot lead: start it, or choose another one");
        }
        transfer(next.peer());
    }

    /** Lets whichever other member is furthest lead, soon. */
    public void handOver() {
        transfer(PeerId.ANY_PEER);
    }

    private void transfer(PeerId next) {
        Status status = node.transferLeadershipTo(next);
        if (!status.isOk()) {
            throw refused("the leadership stays here: " + status, null);
        }
    }

    private static Member require(int id, List<Member> members) {
        return members.stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("DTX-5215 no member has id " + id + ": " + members));
    }

    private static CompletableFuture<Void> change(Consumer<Closure> change) {
        CompletableFuture<Void> made = new CompletableFuture<>();
        change.accept(status -> {
            if (status.isOk()) {
                made.complete(null);
            } else if (status.getRaftError() == RaftError.EBUSY) {
                made.completeExceptionally(new ChangeUnderWayException()); // also shortly after an election
            } else if (status.getRaftError() == RaftError.ECATCHUP) {
                made.completeExceptionally(refused(
                        "the new member did not catch up, or does not answer the leader; nothing was changed", null));
            } else {
                made.completeExceptionally(refused("the members were perhaps not changed: " + status, null));
            }
        });
        return made;
    }

    private static LogUnavailableException refused(String why, @Nullable Throwable cause) {
        return new LogUnavailableException("DTX-5216 " + why, cause);
    }
}
