package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.protocol.TransactionState;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that are over and stay for the retention. There may be many, they are seldom asked for and never change: so they
 * are kept as bytes, in the order of their ends, equal ends in the order of ids. Not thread-safe.
 */
final class RetainedTransactions {

    private final TransactionSlab slab = new TransactionSlab();
    private final PositionIndex index = new PositionIndex(slab);
    private final TreeMap<Long, Ends> byEnd = new TreeMap<>();
    private @Nullable Ends last;
    private int count;

    /** Those that ended at one time. */
    private static final class Ends {
        final long time;
        long[] positions = new long[1];
        int from;
        int to;
        boolean sorted;

        Ends(long time) {
            this.time = time;
        }

        void add(long position) {
            if (to == positions.length) {
                positions = Arrays.copyOf(positions, 2 * to);
            }
            positions[to++] = position;
            sorted = false;
        }
    }

    /** The id of a transaction, and where to get the rest. */
    record Reference(TransactionId id, Supplier<TransactionState> transaction) {}

    /** What was retained at a moment; for any thread. */
    static final class View {
        /** Nothing is. */
        static final View NONE = new View(new TransactionSlab().copy(), new long[0]);

        private final TransactionSlab.Copy slab;
        private final long[] positions;

        private View(TransactionSlab.Copy slab, long[] positions) {
            this.slab = slab;
            this.positions = positions;
        }

        /** Returns the bytes of each, by the time of its end. */
        Stream<byte[]> encoded() {
            return LongStream.of(positions).mapToObj(slab::bytes);
        }

        /** Returns each, to be read when it is wanted. */
        Stream<Reference> references() {
            return LongStream.of(positions)
                    .mapToObj(each -> new Reference(slab.id(each), () -> StateCodec.transaction(slab.bytes(each))));
        }
    }

    /** Adds a transaction that is over and not here; returns the bytes that it counts as. */
    long add(TransactionState over) {
        long position = slab.add(over);
        index.add(over.id(), position);
        Ends present = last;
        if (present == null || present.time != over.endedAt() || present.from == present.to) {
            present = byEnd.computeIfAbsent(over.endedAt(), Ends::new);
            last = present;
        }
        present.add(position);
        count++;
        return slab.weight(position);
    }

    @Nullable
    TransactionState get(TransactionId id) {
        long position = index.find(id);
        return position == PositionIndex.NONE ? null : slab.get(position);
    }

    /** Removes and returns the first, if it ended at this time or before. */
    @Nullable
    Departed removeEndedUntil(long time) {
        Map.Entry<Long, Ends> entry = byEnd.firstEntry();
        if (entry == null || entry.getKey() > time) {
            return null;
        }
        Ends first = entry.getValue();
        sort(first);
        long position = first.positions[first.from++];
        if (first.from == first.to) {
            byEnd.remove(entry.getKey());
        }
        index.remove(slab.id(position));
        count--;
        return slab.remove(position);
    }

    private void sort(Ends ends) {
        if (!ends.sorted && ends.to - ends.from > 1) {
            ends.positions = LongStream.of(ends.positions)
                    .limit(ends.to)
                    .skip(ends.from)
                    .boxed()
                    .sorted(slab::compareIds)
                    .mapToLong(Long::longValue)
                    .toArray();
            ends.to -= ends.from;
            ends.from = 0;
        }
        ends.sorted = true;
    }

    /** Returns when the first ended; {@link Long#MAX_VALUE}: there is none. */
    long firstEnd() {
        return byEnd.isEmpty() ? Long.MAX_VALUE : byEnd.firstKey();
    }

    /** Returns what is here now: costs a number for each. */
    View view() {
        long[] positions = new long[count];
        int at = 0;
        for (Ends each : byEnd.values()) {
            System.arraycopy(each.positions, each.from, positions, at, each.to - each.from);
            at += each.to - each.from;
        }
        return new View(slab.copy(), positions);
    }
}
