package io.dtx.runtime.atomic;

import io.dtx.spi.BranchId;
import io.dtx.spi.DtxParticipant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private volatile String failing = "";

    /** Fails once: at {@code begin}, {@code prepare}, {@code prepared} (afterwards), {@code commit}, {@code committed}, {@code abort}. */
    void failAt(String call) {
        failing = call;
    }

    private void call(String call) throws IOException {
        calls.add(call);
        if (call.equals(failing)) {
            failing = "";
            throw new IOException("no answer to " + call);
        }
    }

    @Override
    public Work<List<Integer>> begin(BranchId branch) throws IOException {
        call("begin");
        return new Order(branch);
    }

    @Override
    public void commit(BranchId branch, List<Integer> seats) throws IOException {
        call("commit");
        if (prepared.remove(branch) != null) {
            sold.addAll(seats);
        }
        call("committed");
    }

    @Override
    public void abort(BranchId branch, @Nullable List<Integer> seats) throws IOException {
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
        public @Nullable List<Integer> prepare() throws IOException {
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
