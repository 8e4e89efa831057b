package io.dtx.runtime.log.raft;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** The commit of an entry at the leader that has proposed it; its duration is that of applying it. For the JDK's flight recorder. */
@Name("dtx.Commit")
@Label("Commit of the coordinator log")
@Category("dtx")
@StackTrace(false)
final class CommitEvent extends Event {

    @Label("Index")
    long index;

    @Label("Replicated")
    @Description("How long it took from the proposal until a majority of the members had it, this one's disk included")
    @Timespan
    long replicated;
}
