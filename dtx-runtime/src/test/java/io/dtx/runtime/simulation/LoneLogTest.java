package io.dtx.runtime.simulation;

import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.CoordinatorLogContract;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

/** The simulated log of a process alone keeps the contract of the real ones, as long as no fault strikes. */
@ExtendWith(InHistory.class)
class LoneLogTest extends CoordinatorLogContract {

    private @Nullable LogStore store;

    @Override
    protected CoordinatorLog create() {
        store = new LogStore(7, Kernel.current(), Limits.DEFAULT);
        return open();
    }

    @Override
    protected CoordinatorLog reopen(CoordinatorLog closed) {
        return open();
    }

    private CoordinatorLog open() {
        return new LoneLog(Objects.requireNonNull(store), Kernel.current(), Faults.none(), () -> {});
    }
}
