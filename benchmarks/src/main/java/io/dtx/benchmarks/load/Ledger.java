package io.dtx.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts, for every saga that callers began, how often each of its steps ran, how often one was compensated, and whether the
 * caller was told that it committed. Thread-safe; a caller's own numbers are handed out to one thread at a time.
 */
public final class Ledger {

    private static final int CHUNK = 1 << 14;
    private static final int BITS = 4; // a counter of up to 15 for each step, one for compensations, then the answer
    private static final int COUNTER_MAX = (1 << BITS) - 1;
    private static final int STEPS_MAX = 5;

    private final int steps;
    private final List<Caller> callers = new ArrayList<>();

    /** Is empty. */
    public Ledger(int callers, int steps) {
        if (steps > STEPS_MAX) {
            throw new IllegalArgumentException("at most " + STEPS_MAX + " steps, not " + steps);
        }
        this.steps = steps;
        for (int i = 0; i < callers; i++) {
            this.callers.add(new Caller());
        }
    }

    /** Returns the number of a caller's next saga. */
    public int begin(int caller) {
        return callers.get(caller).begin();
    }

    /** A step of a saga has taken effect. */
    public void mark(int caller, int sequence, int step) {
        callers.get(caller).count(sequence, step);
    }

    /** A step of a saga has been compensated. */
    public void compensated(int caller, int sequence) {
        callers.get(caller).count(sequence, steps);
    }

    /** The caller was told that a saga committed. */
    void answered(int caller, int sequence) {
        callers.get(caller).count(sequence, steps + 1);
    }

    /** Returns what is wrong with the sagas begun so far, while none is running. */
    public Audit audit() {
        Audit audit = Audit.NOTHING;
        for (Caller caller : callers) {
            for (int sequence = 0; sequence < caller.begun; sequence++) {
                audit = audit.plus(verdict(caller, sequence));
            }
        }
        return audit;
    }

    private Audit verdict(Caller caller, int sequence) {
        int lost = 0;
        int repeated = 0;
        for (int step = 0; step < steps; step++) {
            int times = caller.times(sequence, step);
            lost += times == 0 ? 1 : 0;
            repeated += times > 1 ? 1 : 0;
        }
        return new Audit(
                1, lost, repeated, caller.times(sequence, steps), caller.times(sequence, steps + 1) == 1 ? 0 : 1);
    }

    /** One caller's sagas: an int of small counters for each. */
    private static final class Caller {

        private volatile AtomicIntegerArray[] chunks = new AtomicIntegerArray[0];
        private int begun;

        int begin() {
            if (begun == chunks.length * CHUNK) {
                AtomicIntegerArray[] more = Arrays.copyOf(chunks, chunks.length + 1);
                more[chunks.length] = new AtomicIntegerArray(CHUNK);
                chunks = more;
            }
            return begun++;
        }

        void count(int sequence, int counter) {
            chunks[sequence / CHUNK].updateAndGet(
                    sequence % CHUNK,
                    word -> timesIn(word, counter) == COUNTER_MAX ? word : word + (1 << (counter * BITS)));
        }

        int times(int sequence, int counter) {
            return timesIn(chunks[sequence / CHUNK].get(sequence % CHUNK), counter);
        }

        private static int timesIn(int word, int counter) {
            return (word >>> (counter * BITS)) & COUNTER_MAX;
        }
    }
}
