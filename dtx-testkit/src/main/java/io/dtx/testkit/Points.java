package io.dtx.testkit;

/** How the points of the protocol read. */
final class Points {

    static final String BEFORE = "before ", AFTER = "after ";

    private Points() {}

    static String intent(String step) {
        return "the intent of " + step;
    }

    static String body(String step) {
        return "the work of " + step;
    }

    static String guardRow(String step) {
        return "the guard row of " + step;
    }

    static String commit(String step) {
        return "the commit of " + step;
    }

    static String end(String step) {
        return "the end of " + step;
    }

    static String report(String step) {
        return "the report of " + step;
    }

    static String decision(boolean commit) {
        return commit ? "the decision to commit" : "the decision to roll back";
    }

    static String claim(String step) {
        return "the claim to compensate " + step;
    }

    static String undoBody(String step) {
        return "the work of compensating " + step;
    }

    static String undoRow(String step) {
        return "the guard row of compensating " + step;
    }

    static String undoCommit(String step) {
        return commit("compensating " + step);
    }

    static String undoReport(String step) {
        return "the report of compensating " + step;
    }

    static String tombstone(String step) {
        return "the tombstone of " + step;
    }

    static String tombstoneCommit(String step) {
        return commit(tombstone(step));
    }
}
