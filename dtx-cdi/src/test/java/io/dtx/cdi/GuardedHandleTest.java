package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.DtxException;
import io.dtx.TransactionMode;
import io.dtx.cdi.Containers.Extensions;
import io.dtx.runtime.Dtx;
import io.dtx.spi.BranchId;
import io.dtx.spi.DtxParticipant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The handle of a participant without XA is injected by its name, as an interface of the application. */
class GuardedHandleTest {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void a_handle_takes_part_in_the_transaction_of_the_method_that_uses_it(Extensions extensions) {
        try (WeldContainer container =
                Containers.start(extensions, House.class, BoxOffice.class, GuardedHandleTest_BoxOffice_DtxBean.class)) {
            BoxOffice office = container.select(BoxOffice.class).get();
            House house = container.select(House.class).get();

            office.sell(7, 8);
            assertThat(house.sold()).containsExactly(7, 8);

            assertThatThrownBy(() -> office.sell(9, -1)).hasMessage("no such seat");
            assertThat(house.sold()).containsExactly(7, 8);

            assertThat(office.described()).isEqualTo("@Guarded(\"seats\") Seats");
            assertThatThrownBy(office::outside).isInstanceOf(DtxException.class).hasMessageStartingWith("DTX-3538");
        }
    }

    /** What business code works with. */
    interface Seats {
        void reserve(int seat);
    }

    @ApplicationScoped
    static class BoxOffice {
        @Inject
        @Guarded("seats")
        Seats seats;

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void sell(int... wanted) {
            for (int each : wanted) {
                if (each < 0) {
                    throw new IllegalArgumentException("no such seat");
                }
                seats.reserve(each);
            }
        }

        public String described() {
            return seats.toString();
        }

        public void outside() {
            seats.reserve(1);
        }
    }

    @ApplicationScoped
    static class House {

        private final Reservations reservations = new Reservations();

        void configure(@Observes Dtx.Builder dtx) {
            dtx.config("dtx.log", "memory").participant("seats", reservations);
        }

        public List<Integer> sold() {
            return reservations.sold;
        }
    }

    private static final class Reservations implements DtxParticipant<List<Integer>> {

        private final List<Integer> sold = new CopyOnWriteArrayList<>();
        private final Map<BranchId, List<Integer>> prepared = new ConcurrentHashMap<>();

        @Override
        public Work<List<Integer>> begin(BranchId branch) {
            List<Integer> wanted = new CopyOnWriteArrayList<>();
            return new Work<>() {
                @Override
                public Object handle() {
                    return (Seats) wanted::add;
                }

                @Override
                public List<Integer> prepare() {
                    prepared.put(branch, wanted);
                    return wanted;
                }
            };
        }

        @Override
        public void commit(BranchId branch, List<Integer> seats) {
            if (prepared.remove(branch) != null) {
                sold.addAll(seats);
            }
        }

        @Override
        public void abort(BranchId branch, @Nullable List<Integer> seats) {
            prepared.remove(branch);
        }

        @Override
        public Map<BranchId, List<Integer>> inDoubt() {
            return prepared;
        }
    }
}
