package io.dtx.runtime.protocol;

import java.util.List;

/**
 * One session: a process, from the opening of its session to its close or expiry. Immutable.
 *
 * @param id the log index of its opening
 * @param nonce what its process drew to recognise the answer to its opening
 * @param node the process's name
 * @param application the application
 * @param hosted the names of the transactions, participants and resources that it has
 * @param openedAt the log time of the opening
 * @param openedWallClock the same for people
 * @param endedAt the log time of its end; {@link #OPEN} before
 * @param lastNumber the number of the last command of it that was applied
 * @param lowWaterMark the number of its oldest open transaction, as last heard
 * @param departed the numbers at or above the low-water mark whose transactions have left the state
 */
public record SessionState(
        long id,
        long nonce,
        String node,
        String application,
        List<String> hosted,
        long openedAt,
        long openedWallClock,
        long endedAt,
        long lastNumber,
        long lowWaterMark,
        NumberRanges departed) {

    /** The end of a session that has not ended. */
    public static final long OPEN = Long.MAX_VALUE;

    /** Takes a copy of the list, unless it is immutable. */
    public SessionState {
        hosted = List.copyOf(hosted);
    }

    /** Returns a session that has just been opened. */
    public static SessionState opened(LogCommand.OpenSession command, Origin origin) {
        return new SessionState(
                origin.index(),
                command.nonce(),
                command.node(),
                command.application(),
                command.hosted(),
                origin.time(),
                origin.wallClock(),
                OPEN,
                0,
                0,
                NumberRanges.EMPTY);
    }

    /** Returns whether its commands are still applied. */
    public boolean isOpen() {
        return endedAt == OPEN;
    }

    /** Returns whether a transaction with this number, absent now, can never be begun again. */
    public boolean hasPassed(long number) {
        return number < lowWaterMark || departed.contains(number);
    }

    /** Returns it without the names of what it has, of which there may be many. */
    public SessionState withoutHosted() {
        return new SessionState(
                id,
                nonce,
                node,
                application,
                List.of(),
                openedAt,
                openedWallClock,
                endedAt,
                lastNumber,
                lowWaterMark,
                departed);
    }

    /** Returns it after this command number. */
    public SessionState withLastNumber(long number) {
        return with(endedAt, number, lowWaterMark, departed);
    }

    /** Returns it with at least this low-water mark. */
    public SessionState withLowWaterMark(long number) {
        return number <= lowWaterMark ? this : with(endedAt, lastNumber, number, departed.from(number));
    }

    /** Returns it without the transaction with this number, which is not to come back. */
    public SessionState withDeparted(long number) {
        return number < lowWaterMark ? this : with(endedAt, lastNumber, lowWaterMark, departed.with(number));
    }

    /** Returns it closed or expired. */
    public SessionState ended(long time) {
        return with(time, lastNumber, lowWaterMark, departed);
    }

    private SessionState with(long ended, long number, long low, NumberRanges gone) {
        return new SessionState(
                id, nonce, node, application, hosted, openedAt, openedWallClock, ended, number, low, gone);
    }
}
