package io.dtx.runtime.protocol;

/**
 * Where and when a command was applied, and who sent it.
 *
 * @param session the sender
 * @param time the entry's log time
 * @param wallClock the entry's wall clock, for people
 * @param index the entry's index
 * @param ordinal the command's place in the entry
 */
public record Origin(long session, long time, long wallClock, long index, int ordinal) {

    /** Returns a reference to the bytes of the command that came from here. */
    public Payload payload() {
        return new Payload(index, ordinal);
    }

    /** Returns the log time so much later; {@link Long#MAX_VALUE} at the latest. */
    long after(long millis) {
        return saturatedSum(time, millis);
    }

    static long saturatedSum(long time, long millis) {
        long sum = time + millis;
        return sum < time && millis > 0 ? Long.MAX_VALUE : sum;
    }
}
