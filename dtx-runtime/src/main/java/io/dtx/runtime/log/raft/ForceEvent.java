package io.dtx.runtime.log.raft;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What a member writes and forces at once; its duration is that of the disk. For the flight recorder of the JDK. */
@Name("dtx.Force")
@Label("Force of the coordinator log")
@Category("dtx")
@StackTrace(false)
final class ForceEvent extends Event {

    @Label("Records")
    int records;
}
