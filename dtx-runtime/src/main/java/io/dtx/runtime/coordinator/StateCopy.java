package io.dtx.runtime.coordinator;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.Payload;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;

/**
 * A consistent copy of the state behind a log with all that it refers to, as the bytes of a backup; read piece by piece while the
 * log goes on. Used by one thread at a time.
 */
public final class StateCopy {

    private final CoordinatorLog log;
    private final StateView view;
    private final Iterator<Snapshot.Item> items;
    private final long wallClock = System.currentTimeMillis();
    private byte[] present = {};
    private int given;
    private boolean ended;

    StateCopy(CoordinatorLog log, StateView view) {
        this.log = log;
        this.view = view;
        this.items = StateCodec.snapshot(view).items().iterator();
    }

    /**
     * Starts a log that no process uses, and takes a copy of its state. Nothing is appended.
     *
     * @param limits those of the process that kept it: they decide what its entries mean
     */
    public static StateCopy ofStopped(CoordinatorLog log, Limits limits) {
        StateReplica replica = new StateReplica(limits, () -> {});
        log.start(replica);
        return new StateCopy(log, replica.read(CoordinatorState::view));
    }

    /** Returns the name of the log. */
    public long cluster() {
        return log.cluster();
    }

    /** Returns the index of the last entry that is in it. */
    public long index() {
        return view.index();
    }

    /** Returns the log time of that entry. */
    public long time() {
        return view.time();
    }

    /** Returns when it was begun, for people. */
    public long wallClock() {
        return wallClock;
    }

    /**
     * Returns the next bytes; none at the end.
     *
     * @param max at most so many
     * @throws IllegalArgumentException if the log does not hold any more what the state referred to: a newer copy can be made
     */
    public byte[] next(int max) {
        if (given == present.length && !ended) {
            present = items.hasNext() ? bytes(items.next()) : new byte[] {0};
            ended = present.length == 1;
            given = 0;
        }
        int count = Math.min(max, present.length - given);
        byte[] piece = Arrays.copyOfRange(present, given, given + count);
        given += count;
        return piece;
    }

    private byte[] bytes(Snapshot.Item item) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            out.writeInt(item.bytes().length);
            out.write(item.bytes());
            out.writeInt(item.payloads().size());
            for (Payload payload : item.payloads()) {
                byte[] carried = log.read(payload);
                out.writeLong(payload.index());
                out.writeInt(payload.ordinal());
                out.writeInt(carried.length);
                out.write(carried);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array does not fail
        }
        return bytes.toByteArray();
    }
}
