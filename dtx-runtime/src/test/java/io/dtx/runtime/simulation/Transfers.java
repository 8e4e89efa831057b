package io.dtx.runtime.simulation;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionContext;
import io.dtx.TransactionMode;
import java.util.List;

/** An ATOMIC transaction as a user writes it: all legs of a {@link Trip} are entered, or none. */
public class Transfers {

    private final List<Ledger> ledgers;

    Transfers(List<Ledger> ledgers) {
        this.ledgers = ledgers;
    }

    /** Enters all legs, each in another ledger than the one before. */
    @DistributedTransaction(mode = TransactionMode.ATOMIC, timeout = "4s")
    public int transfer(Trip trip, Told told) {
        told.begins(TransactionContext.current().id());
        for (Trip.Leg leg : trip.legs()) {
            ledgers.get(leg.number() % ledgers.size()).enter(trip.number(), leg.number());
            told.finished(leg.number());
        }
        if (trip.fails()) {
            throw new IllegalArgumentException("the transfer is off");
        }
        return trip.legs().size();
    }
}
