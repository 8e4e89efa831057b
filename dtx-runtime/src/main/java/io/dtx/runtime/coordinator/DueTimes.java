package io.dtx.runtime.coordinator;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Things to look at, by the log time at which they are due; equal times in the order of their keys. */
final class DueTimes<K extends Comparable<K>> {

    private final TreeSet<Due<K>> times = new TreeSet<>();

    /** A key and its time. */
    record Due<K extends Comparable<K>>(long time, K key) implements Comparable<Due<K>> {
        @Override
        public int compareTo(Due<K> other) {
            int order = Long.compare(time, other.time);
            return order != 0 ? order : key.compareTo(other.key);
        }
    }

    void add(Due<K> due) {
        times.add(due);
    }

    void remove(Due<K> due) {
        times.remove(due);
    }

    /** Returns the earliest, or null. */
    @Nullable
    Due<K> first() {
        return times.isEmpty() ? null : times.first();
    }

    /** Returns the earliest time; {@link Long#MAX_VALUE} if there is none. */
    long firstTime() {
        return times.isEmpty() ? Long.MAX_VALUE : times.first().time();
    }
}
