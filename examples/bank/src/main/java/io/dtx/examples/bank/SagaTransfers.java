package io.dtx.examples.bank;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import java.sql.SQLException;

/** Transfers by two steps, each with its compensation. */
class SagaTransfers implements Transfers {
    private final Ledger east;
    private final Ledger west;

    SagaTransfers(Ledger east, Ledger west) {
        this.east = east;
        this.west = west;
    }

    @Override
    @DistributedTransaction(timeout = "30s")
    public void transfer(long number, int from, int to, long cents) throws SQLException {
        withdraw(number, from, cents);
        deposit(number, to, cents);
    }

    @SagaStep(compensate = "payBack", resource = "east")
    void withdraw(long number, int account, long cents) throws SQLException {
        east.book(number, account, -cents);
    }

    void payBack(long number, int account, long cents) throws SQLException {
        east.unbook(number, account, -cents);
    }

    @SagaStep(compensate = "takeBack", resource = "west")
    void deposit(long number, int account, long cents) throws SQLException {
        west.book(number, account, cents);
    }

    void takeBack(long number, int account, long cents) throws SQLException {
        west.unbook(number, account, cents);
    }
}
