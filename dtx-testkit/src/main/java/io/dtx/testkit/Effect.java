package io.dtx.testkit;

/**
 * Something that has taken effect.
 *
 * @param transaction whose
 * @param call the number of the step's call in it
 * @param step the step's name
 * @param undone false: the step did; true: its compensation did
 * @param external whether nothing guards it
 */
record Effect(String transaction, long call, String step, boolean undone, boolean external) {

    boolean isOfSameCall(Effect other) {
        return transaction.equals(other.transaction) && call == other.call;
    }

    @Override
    public String toString() {
        return (undone ? "undone: " : "done: ") + step;
    }
}
