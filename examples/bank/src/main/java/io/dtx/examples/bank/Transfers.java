package io.dtx.examples.bank;

import java.sql.SQLException;

/** Moves money from an account in one database to one in the other. */
interface Transfers {

    /**
     * Moves money, or leaves no trace in either database.
     *
     * @throws RejectedException if the account does not have as much
     */
    void transfer(long number, int from, int to, long cents) throws SQLException;
}
