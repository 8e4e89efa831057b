package io.dtx.runtime.session;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks whoever leads a cluster to change it: again and again, until it is done. Thread-safe. */
public final class RosterLink implements AutoCloseable {

    private static final long ATTEMPT_MILLIS = 2_000;

    private final Leader leader;

    /** Takes the channels over. */
    public RosterLink(List<MemberChannel> channels) {
        leader = new Leader(channels, ATTEMPT_MILLIS);
    }

    /** Asks one member what it knows, whether it leads or not. */
    public static CompletableFuture<RosterView> view(MemberChannel channel, long timeoutMillis) {
        return channel.request(Wire.message(Wire.ROSTER, out -> {}), timeoutMillis)
                .thenApply(bytes -> RosterView.read(Inspection.answered(bytes)));
    }

    /**
     * Asks for a change, or how far it is.
     *
     * @return whether it is made
     * @throws io.dtx.CoordinatorUnavailableException if nobody answers as the leader in time
     * @throws IllegalStateException if the change is refused: the message begins with the code
     */
    public boolean add(String member, long millis) {
        return ask(Wire.message(Wire.ADD, out -> out.writeString(member)), millis);
    }

    /** Asks for a change, as {@link #add}. */
    public boolean remove(int id, long millis) {
        return ask(Wire.message(Wire.REMOVE, out -> out.writeInt(id)), millis);
    }

    /** Asks for a change, as {@link #add}. */
    public boolean transferTo(int id, long millis) {
        return ask(Wire.message(Wire.TRANSFER, out -> out.writeInt(id)), millis);
    }

    private boolean ask(byte[] request, long millis) {
        return leader.ask(request, millis).readByte() == 1;
    }

    @Override
    public void close() {
        leader.close();
    }
}
