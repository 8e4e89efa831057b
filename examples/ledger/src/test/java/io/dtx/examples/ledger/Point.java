package io.dtx.examples.ledger;

/** Where a till halts: around one of the four things that the ledger does with its file for a sale. */
enum Point {
    BEFORE_PREPARED_IS_WRITTEN(1, true),
    BEFORE_PREPARED_IS_FORCED(2, true),
    AFTER_PREPARED_IS_FORCED(2, false), // and before the decision
    BEFORE_COMMITTED_IS_WRITTEN(3, true), // and after the decision
    BEFORE_COMMITTED_IS_FORCED(4, true),
    AFTER_COMMITTED_IS_FORCED(4, false);

    final int call;
    final boolean before;

    Point(int call, boolean before) {
        this.call = call;
        this.before = before;
    }
}
