package io.dtx.runtime.participant.xa;

import io.dtx.runtime.participant.OnePhaseGuard;
import io.dtx.spi.XaSource;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A resource that the application has registered. Thread-safe. */
interface RegisteredResource {

    /** Returns its name. */
    String name();

    /** Returns where connections come from that take part in no open transaction. */
    XaSource source();

    /** Returns it as what business code works with, or null if it cannot be used as this type. */
    <T> @Nullable T as(Class<T> type);

    /** Opens its pool, if it has one: connections outside of transactions can be had from now on. */
    void connect(int poolMax);

    /** Transactions can be begun from now on. */
    void start(OpenTransactions open, @Nullable OnePhaseGuard guard);

    /** Lets nothing of sessions that have ended commit any more, as far as it can. */
    default void fenceEnded(LongPredicate isOpen) {}

    /** Gives back what it holds. */
    void close();
}
