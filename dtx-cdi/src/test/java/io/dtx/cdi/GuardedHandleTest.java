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
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
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

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void a_handle_that_is_only_looked_up_takes_part_too(Extensions extensions) {
        try (WeldContainer container =
                Containers.start(extensions, House.class, Kiosk.class, GuardedHandleTest_Kiosk_DtxBean.class)) {
            Kiosk kiosk = container.select(Kiosk.class).get();
            House house = container.select(House.class).get();

            kiosk.sell(7, 8, 9);
            assertThat(house.sold()).containsExactly(7, 8, 9);

            assertThatThrownBy(() -> kiosk.sell(10, 11, -1)).hasMessage("no such seat");
            assertThat(house.sold()).containsExactly(7, 8, 9);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void what_is_only_looked_up_is_refused_at_start_if_nobody_registered_it_as_that(Extensions extensions) {
        assertThatThrownBy(() -> Containers.start(extensions, House.class, Usher.class))
                .hasMessageContaining("DTX-1017 there is no resource \"seets\"")
                .hasMessageContaining("Usher.seats")
                .hasMessageContaining("DTX-1018 resource \"seats\" is no javax.sql.DataSource")
                .hasMessageContaining("Usher.database");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void what_does_not_name_the_type_that_it_wants_is_refused_at_start(Extensions extensions) {
        assertThatThrownBy(() -> Containers.start(extensions, House.class, Doorman.class))
                .hasMessageContaining("DTX-6011")
                .hasMessageContaining("Doorman.seats wants resource \"seats\" as jakarta.inject.Provider<");
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

    /** Never has a handle injected, only what it asks for one. */
    @ApplicationScoped
    static class Kiosk {
        @Inject
        @Guarded("seats")
        Instance<Seats> instance;

        @Inject
        @Guarded("seats")
        Provider<Seats> provider;

        @Inject
        @Guarded("seats")
        Provider<Instance<Seats>> nested;

        @DistributedTransaction(mode = TransactionMode.ATOMIC)
        public void sell(int first, int second, int third) {
            instance.get().reserve(first);
            provider.get().reserve(second);
            if (third < 0) {
                throw new IllegalArgumentException("no such seat");
            }
            nested.get().get().reserve(third);
        }
    }

    @ApplicationScoped
    static class Usher {
        @Inject
        @Guarded("seets")
        Instance<Seats> seats;

        @Inject
        @Guarded("seats")
        Provider<DataSource> database;
    }

    @ApplicationScoped
    static class Doorman {
        @Inject
        @Guarded("seats")
        Provider<Instance<? extends Seats>> seats;
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
