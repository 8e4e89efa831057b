package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.PeerId;
import io.dtx.runtime.log.LogUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Who is in the cluster. Asked of, and changed by, the leader only: elsewhere everything here fails with {@link
 * LogUnavailableException}. One change at a time; a change that fails may have been made: ask {@link #members} before it is
 * repeated.
 */
public final class Membership {

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
     * @throws IllegalArgumentException if its id or its address is taken
     */
    public CompletableFuture<Void> add(Member member) {
        for (Member each : members()) {
            if (each.id() == member.id() || each.address().equals(member.address())) {
                throw new IllegalArgumentException("DTX-5214 " + member + " cannot be added beside " + each
                        + ": every member has an id and an address of its own; ids are not used again");
            }
        }
        return change(done -> node.addPeer(member.peer(), done));
    }

    /**
     * Removes a member. The leader hands its place over before it removes itself.
     *
     * @throws IllegalArgumentException if it is the last one, or none
     */
    public CompletableFuture<Void> remove(int id) {
        List<Member> members = members();
        PeerId leaving = members.stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("DTX-5215 no member has id " + id + ": " + members))
                .peer();
        if (members.size() == 1) {
            throw new IllegalArgumentException("DTX-5215 " + members + " is the only member, and stays");
        }
        if (id == self.id()) {
            throw new IllegalArgumentException("DTX-5215 member " + id + " leads: transfer the leadership first");
        }
        return change(done -> node.removePeer(leaving, done));
    }

    /** Lets another member lead, soon. */
    public void transferLeadershipTo(int id) {
        PeerId next = members().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("DTX-5215 no member has id " + id))
                .peer();
        Status status = node.transferLeadershipTo(next);
        if (!status.isOk()) {
            throw refused("the leadership stays here: " + status, null);
        }
    }

    private static CompletableFuture<Void> change(Consumer<Closure> change) {
        CompletableFuture<Void> made = new CompletableFuture<>();
        change.accept(status -> {
            if (status.isOk()) {
                made.complete(null);
            } else {
                made.completeExceptionally(refused("the members were perhaps not changed: " + status, null));
            }
        });
        return made;
    }

    private static LogUnavailableException refused(String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new LogUnavailableException("DTX-5216 " + why, cause);
    }
}
