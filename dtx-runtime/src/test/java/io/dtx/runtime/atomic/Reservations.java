package io.dtx.runtime.atomic;

import io.dtx.spi.BranchId;
import io.dtx.spi.DtxParticipant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A service with seats that can be reserved, and that fails when it is told to. It outlives the processes of a test. */
final class Reservations implements DtxParticipant<List<Integer>> {

    /** What business code works with. */
    interface Seats {
        void reserve(int seat);

        void look();
    }

    final List<Integer> sold = new CopyOnWriteArrayList<>();
    final Map<BranchId, List<Integer>> prepared = new ConcurrentHashMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private volatile Function<String, Throwable> failure = IOException::new;

    /**
     * Fails once at each of these calls: {@code begin}, {@code prepare}, {@code prepared} (afterwards), {@code commit},
     * {@code committed}, {@code abort}.
     */
    void failAt(String... some) {
        failing.addAll(List.of(some));
    }

    /** Fails with something else than {@link IOException}. */
    void failWith(Function<String, Throwable> other) {
        failure = other;
    }

    private void call(String call) throws Exception {
        calls.add(call);
        if (failing.remove(call)) {
            Throwable thrown = failure.apply("no answer to " + call);
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        }
    }

    @Override
    public Work<List<Integer>> begin(BranchId branch) throws Exception {
        call("begin");
        return new Order(branch);
    }

    @Override
    public void commit(BranchId branch, List<Integer> seats) throws Exception {
        call("commit");
        if (prepared.remove(branch) != null) {
            sold.addAll(seats);
        }
        call("committed");
    }

    @Override
    public void abort(BranchId branch, @Nullable List<Integer> seats) throws Exception {
        call("abort");
        prepared.remove(branch);
    }

    @Override
    public Map<BranchId, List<Integer>> inDoubt() {
        return prepared;
    }

    private final class Order implements Work<List<Integer>>, Seats {

        private final BranchId branch;
        private final List<Integer> seats = new ArrayList<>();

        Order(BranchId branch) {
            this.branch = branch;
        }

        @Override
        public Object handle() {
            return this;
        }

        @Override
        public void reserve(int seat) {
            seats.add(seat);
        }

        @Override
        public void look() {}

        @Override
        public @Nullable List<Integer> prepare() throws Exception {
            call("prepare");
            if (seats.isEmpty()) {
                return null;
            }
            prepared.put(branch, List.copyOf(seats));
            call("prepared");
            return prepared.get(branch);
        }
    }
}
