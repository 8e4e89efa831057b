package io.dtx.runtime.simulation;

import java.util.EnumSet;
import java.util.Set;

/** What can go wrong. Each history has some of them. */
enum FaultKind {
    /** A process dies, at once or at one of its next points. */
    KILL(0),
    /** A process stands still for a while. */
    FREEZE(0),
    /** A process is closed in an orderly way, and started again. */
    CLOSE(0),
    /** A process, or a member, is cut off from all others for a while. */
    CUT_OFF(0),
    /** A member dies, and comes back. */
    MEMBER_KILL(0),
    /** A member stands still for a while. */
    MEMBER_FREEZE(0),
    /** Another member leads, without a reason. */
    ELECTION(20),
    /** A member hears late of what is committed. */
    LAGS(20),
    /** A request does not arrive. */
    REQUEST_LOST(30),
    /** The answer to a request does not arrive. */
    REPLY_LOST(30),
    /** A message takes long. */
    MESSAGE_SLOW(30),
    /** An entry takes long to become durable. */
    LOG_SLOW(12),
    /** The log stops, and what was being appended is lost. */
    LOG_FAILS_WITHOUT(60),
    /** The log stops, and what was being appended is durable nevertheless. */
    LOG_FAILS_WITH(60),
    /** A receiver says that it will not. */
    REFUSED(8),
    /** A call fails on its way. */
    CALL_LOST(8),
    /** The answer to a call is lost. */
    ANSWER_LOST(8),
    /** A call takes effect long after its caller has given up. */
    LATE(10),
    /** A receiver takes long. */
    HANGS(10),
    /** A database takes no connection. */
    DATABASE_REFUSES(30),
    /** A connection breaks under a statement. */
    DATABASE_BREAKS(80),
    /** A statement takes long. */
    DATABASE_SLOW(60),
    /** A statement takes longer than a session may be silent. */
    DATABASE_HANGS(100),
    /** The database rolls a transaction back to end a deadlock. */
    DEADLOCK(60),
    /** A commit does not arrive. */
    COMMIT_LOST(15),
    /** A commit arrives long after the connection has broken. */
    COMMIT_LATE(15),
    /** The answer to a commit is lost. */
    COMMIT_NOT_ANSWERED(15),
    /** A resource manager takes no connection. */
    XA_REFUSES(30),
    /** A resource manager takes longer than a session may be silent. */
    XA_HANGS(8),
    /** A branch is rolled back instead of prepared. */
    XA_VOTES_NO(20),
    /** A branch is prepared long after its connection has broken. */
    XA_VOTE_LATE(10),
    /** A branch is prepared, and nobody hears of it. */
    XA_VOTE_LOST(10),
    /** The order to commit a branch, or to roll it back, does not arrive. */
    XA_ORDER_LOST(10),
    /** A branch has ended, and nobody hears of it. */
    XA_ANSWER_LOST(10),
    /** A process stands still for longer than its session may be silent while a branch of its own is prepared, and may die then. */
    XA_STANDS_STILL(5);

    /** Those that branches of ATOMIC transactions meet. */
    static final Set<FaultKind> OF_BRANCHES = EnumSet.range(XA_REFUSES, XA_STANDS_STILL);

    /** It strikes once in so many times; 0: when the script says so. */
    final int odds;

    FaultKind(int odds) {
        this.odds = odds;
    }
}
