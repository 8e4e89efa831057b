package io.dtx.examples.bank;

import io.dtx.DtxException;
import io.dtx.OutcomeUnknownException;
import io.dtx.examples.bank.Journal.Answer;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/** Customers at the counter: transactions in the benchmark's mix, which is 25 payments and 15 of each other kind in 100. */
final class Workload {
    private final SmallBank bank;
    private final Journal journal;

    Workload(SmallBank bank, Journal journal) {
        this.bank = bank;
        this.journal = journal;
    }

    /** Asks for one transaction, and notes the answer. */
    void ask(long number) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int customer = 1 + random.nextInt(Server.CUSTOMERS);
        int other = 1 + (customer + random.nextInt(Server.CUSTOMERS - 1)) % Server.CUSTOMERS;
        long cents = random.nextLong(1, 2_001);
        int kind = random.nextInt(100);
        if (kind < 15) {
            ask(number, "amalgamate", () -> bank.amalgamate(number, customer, other));
        } else if (kind < 30) {
            ask(number, "balance", () -> bank.balance(customer));
        } else if (kind < 45) {
            ask(number, "depositChecking", () -> bank.depositChecking(number, customer, cents));
        } else if (kind < 70) {
            ask(number, "sendPayment", () -> bank.sendPayment(number, customer, other, cents));
        } else if (kind < 85) {
            ask(number, "transactSavings", () -> bank.transactSavings(number, customer, cents - 1_000));
        } else {
            ask(number, "writeCheck", () -> bank.writeCheck(number, customer, cents));
        }
    }

    private void ask(long number, String kind, Runnable transaction) throws SQLException {
        journal.ask(number, kind);
        journal.answer(number, answer(kind + ' ' + number, transaction));
    }

    private static Answer answer(String what, Runnable transaction) {
        try {
            transaction.run();
            return Answer.COMMITTED;
        } catch (RejectedException e) {
            return Answer.ABORTED; // an answer like any other
        } catch (OutcomeUnknownException e) {
            System.err.println(what + ": " + e);
            return Answer.UNKNOWN;
        } catch (DtxException e) {
            System.err.println(what + ": " + e);
            return Answer.ABORTED;
        }
    }
}
