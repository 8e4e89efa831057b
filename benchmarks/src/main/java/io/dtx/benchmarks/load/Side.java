package io.dtx.benchmarks.load;

/** One side of a {@link Duel}: it takes turns, in this process or in one of its own. */
public interface Side {

    /** Returns the name that tables print. */
    String name();

    /** Lets its callers load it for so long, and returns what they did. */
    Round turn(long nanos) throws Exception;

    /** Returns what is wrong with its sagas. Asked after the last turn. */
    Audit audit() throws Exception;

    /** Returns how often it has forced a disk so far. Asked after its audit. */
    long forces() throws Exception;
}
