package io.dtx.runtime.protocol;

/**
 * The place of a step in its transaction, packed so that the order of numbers is the order of starts: 24 bits the owner's
 * call, 23 bits a call below it (made by a step that runs elsewhere; 0 today), 16 bits the try.
 */
public final class StepNumber {

    private static final int TRY_BITS = 16;
    private static final int NESTED_BITS = 23;
    private static final int CALL_MAX = (1 << 24) - 1;
    private static final int TRY_MAX = (1 << TRY_BITS) - 1;

    private StepNumber() {}

    /**
     * Packs an owner's call.
     *
     * @param call from 1, in the order of the owner's calls
     * @param tryNumber from 1
     * @throws IllegalArgumentException above 16,777,215 calls or 65,535 tries
     */
    public static long of(int call, int tryNumber) {
        if (call < 1 || call > CALL_MAX || tryNumber < 1 || tryNumber > TRY_MAX) {
            throw new IllegalArgumentException("no step number: call " + call + ", try " + tryNumber);
        }
        return (long) call << (NESTED_BITS + TRY_BITS) | tryNumber;
    }

    /** Returns the call, with whatever is nested below it, without the try: what keys are made of. */
    public static long call(long step) {
        return step >>> TRY_BITS;
    }

    /** Returns the owner's call, from 1. */
    public static int ownersCall(long step) {
        return (int) (step >>> (NESTED_BITS + TRY_BITS));
    }

    /** Returns the try, from 1. */
    public static int tryOf(long step) {
        return (int) (step & TRY_MAX);
    }

    /** Returns whether the call was made by a step that runs elsewhere, below the owner's call. */
    public static boolean isNested(long step) {
        return (call(step) & ((1L << NESTED_BITS) - 1)) != 0;
    }

    /** Returns {@code call.try}, for people. */
    public static String text(long step) {
        return ownersCall(step) + "." + tryOf(step);
    }
}
