package io.dtx.examples.ledger;

/**
 * What the database and the ledger say.
 *
 * @param sales how many rows there are
 * @param sold their sum
 * @param till what the ledger has in the till
 * @param revenue what it says came in, as a debt
 * @param inDoubt branches that nobody has ended, there and here
 */
record Audit(long sales, long sold, long till, long revenue, long inDoubt) {

    static Audit of(Database database, Ledger ledger) throws Exception {
        return new Audit(
                database.number("SELECT count(*) FROM sale"),
                database.number("SELECT coalesce(sum(cents), 0) FROM sale"),
                ledger.balance("till"),
                -ledger.balance("revenue"),
                database.prepared() + ledger.inDoubt().size());
    }

    boolean isClean() {
        return sold == till && sold == revenue && inDoubt == 0;
    }

    @Override
    public String toString() {
        return "RESULT sales=" + sales + " database=" + sold + " till=" + till + " revenue=" + revenue + " in-doubt="
                + inDoubt;
    }
}
