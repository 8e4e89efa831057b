package io.dtx.runtime;

import io.dtx.runtime.coordinator.MonotonicClock;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.spi.BeanSource;
import io.dtx.spi.StepGateway;

/**
 * What a {@link Dtx} stands on when a test holds it: everything that the machine would give it, and the two ways between it and
 * the annotated classes. dtx-testkit has one; an application has none.
 */
public interface Rig {

    /** Returns the log of decisions, in place of the one that the configuration names; opened and closed by the Dtx. */
    CoordinatorLog log();

    /** Returns the clock of timeouts and back-offs; {@link #log()} goes by it, too. */
    MonotonicClock clock();

    /** Returns the gateway that annotated calls enter, in front of the one that runs them. */
    StepGateway entrance(StepGateway running);

    /** A Dtx that stands on it has started. */
    void started(Dtx dtx);

    /** Returns where the beans come from that compensations are called on, in front of what was registered. */
    BeanSource beans(BeanSource registered);
}
