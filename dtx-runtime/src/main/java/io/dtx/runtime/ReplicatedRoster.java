package io.dtx.runtime;

import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.raft.ChangeUnderWayException;
import io.dtx.runtime.log.raft.Member;
import io.dtx.runtime.log.raft.RaftLog;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.Client;
import io.dtx.runtime.net.Service;
import io.dtx.runtime.session.ChangeRefusedException;
import io.dtx.runtime.session.MemberChannel;
import io.dtx.runtime.session.NetChannel;
import io.dtx.runtime.session.Roster;
import io.dtx.runtime.session.RosterLink;
import io.dtx.runtime.session.RosterView;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The members of a replicated log. One change at a time; what is asked for is looked at closely before anything begins. */
final class ReplicatedRoster implements Roster {

    private static final long LOOK_MILLIS = 5_000;

    private final RaftLog log;
    private final Client client;
    private final Path directory;
    private final long instance;
    private final LongSupplier entry;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Change change;

    /** What was begun last. */
    private record Change(String what, CompletableFuture<Void> made) {}

    /**
     * Looks after the members.
     *
     * @param client looks at members that are to be added; stays the caller's
     * @param entry the last one that was applied
     */
    ReplicatedRoster(RaftLog log, Client client, Path directory, long instance, LongSupplier entry) {
        this.log = log;
        this.client = client;
        this.directory = directory;
        this.instance = instance;
        this.entry = entry;
    }

    @Override
    public RosterView view() {
        Member leader = log.leader();
        Member self = log.self();
        return new RosterView(
                log.cluster(),
                instance,
                self.toString(),
                log.members().stream().map(Member::toString).toList(),
                leader == null ? "" : leader.toString(),
                self.equals(leader),
                entry.getAsLong(),
                DiskSpace.freeBytes(directory));
    }

    @Override
    public List<String> addresses() {
        return log.members().stream().map(Member::address).toList();
    }

    @Override
    public boolean add(String text) {
        Member member = Member.parse(text);
        if (log.membership().members().contains(member)) {
            return true;
        }
        log.membership().requireAddable(member);
        return goOn(
                "the addition of " + member,
                () -> look(member).thenCompose(found -> log.membership().add(member)));
    }

    @Override
    public boolean remove(int id) {
        if (log.membership().members().stream().noneMatch(each -> each.id() == id)) {
            return true;
        }
        Member leaving = log.membership().requireRemovable(id);
        if (id == log.self().id()) {
            log.membership().handOver();
            throw new LogUnavailableException("DTX-8025 " + leaving + " led, and has handed that over", null);
        }
        return goOn("the removal of " + leaving, () -> log.membership().remove(id));
    }

    @Override
    public boolean transferTo(int id) {
        Member leader = log.leader();
        if (leader != null && leader.id() == id && log.self().equals(leader)) {
            return true;
        }
        log.membership().transferLeadershipTo(id);
        return false;
    }

    /** Begins a change, or tells what has become of it. */
    private boolean goOn(String what, Supplier<CompletableFuture<Void>> begin) {
        lock.lock();
        try {
            Change last = change;
            if (last != null && !last.made.isDone() && !last.what.equals(what)) {
                throw new ChangeRefusedException("DTX-8016 " + last.what
                        + " is under way, and the members change one at a time: wait for it, then repeat this");
            }
            if (last == null || !last.what.equals(what)) {
                change = new Change(what, begin.get());
                return false;
            }
            if (last.made.isDone()) {
                change = null; // whoever asks again begins again
            }
            return last.made.isDone() && made(last);
        } finally {
            lock.unlock();
        }
    }

    private static boolean made(Change change) {
        try {
            change.made.join();
            return true;
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof ChangeUnderWayException) {
                return false; // by somebody else, or by an election: whoever asks again begins again
            }
            throw new ChangeRefusedException(String.valueOf(cause.getMessage()));
        }
    }

    /** Asks the process at the address of a member to be added whether it is that one, and waits. */
    private CompletableFuture<RosterView> look(Member member) {
        Address address = Address.parse(member.address());
        MemberChannel channel =
                NetChannel.to(List.of(address), client, Service.OPERATOR).get(0);
        return RosterLink.view(channel, LOOK_MILLIS).handleAsync((view, failure) -> {
            if (failure != null) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                throw new ChangeRefusedException("DTX-8017 " + member + " is not added: the leader does not reach it ("
                        + cause.getMessage() + "). Start it by dtx coordinator --replicated, then repeat this");
            }
            require(member, view);
            return view;
        });
    }

    private void require(Member member, RosterView view) {
        String why = null;
        if (view.self().isEmpty()) {
            why = "a coordinator that keeps its log alone is at that address";
        } else if (!view.self().equals(member.toString())) {
            why = "the process at that address is " + view.self() + "; correct the id or the address";
        } else if (view.cluster() != log.cluster()) {
            why = "it belongs to cluster " + Long.toHexString(view.cluster()) + ", and this is "
                    + Long.toHexString(log.cluster());
        } else if (!view.members().isEmpty() && !view.members().contains(member.toString())) {
            why = "it was a member before, of " + view.members()
                    + "; make an empty directory with a new id, by dtx cluster join";
        }
        if (why != null) {
            throw new ChangeRefusedException("DTX-8017 " + member + " is not added: " + why);
        }
    }
}
