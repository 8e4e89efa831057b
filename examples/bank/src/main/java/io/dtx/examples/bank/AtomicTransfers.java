package io.dtx.examples.bank;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionMode;
import java.sql.SQLException;

/** Transfers by two-phase commit. */
class AtomicTransfers implements Transfers {
    private final Ledger east;
    private final Ledger west;

    AtomicTransfers(Ledger east, Ledger west) {
        this.east = east;
        this.west = west;
    }

    @Override
    @DistributedTransaction(mode = TransactionMode.ATOMIC, timeout = "30s")
    public void transfer(long number, int from, int to, long cents) throws SQLException {
        east.book(number, from, -cents);
        west.book(number, to, cents);
    }
}
