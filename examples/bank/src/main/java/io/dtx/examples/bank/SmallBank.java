package io.dtx.examples.bank;

/**
 * The six transactions of the SmallBank benchmark (Alomari, Cahill, Fekete, Röhm: The Cost of Serializability on Platforms That Use
 * Snapshot Isolation, 2008). Every customer has savings in one database and a checking account in another. Each transaction has a
 * number of its own, and either leaves no trace, or all of it.
 */
public interface SmallBank {

    /** Returns what a customer has, in both accounts. */
    long balance(int customer);

    /** A customer brings money. */
    void depositChecking(long number, int customer, long cents);

    /**
     * A customer brings money to the savings, or takes some of it.
     *
     * @param cents below zero: taken
     * @throws RejectedException if there is not as much
     */
    void transactSavings(long number, int customer, long cents);

    /** Moves all that a customer has, debts included, to the checking account of another. */
    void amalgamate(long number, int from, int to);

    /** A customer takes money by a check, which costs one cent more if both accounts together do not cover it. */
    void writeCheck(long number, int customer, long cents);

    /**
     * Moves money from a checking account to another.
     *
     * @throws RejectedException if there is not as much
     */
    void sendPayment(long number, int from, int to, long cents);
}
