package io.dtx.runtime.coordinator;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** An entry on its way through the member that leads, for the flight recorder of the JDK. Costs nothing unless it is recorded. */
@Name("dtx.Entry")
@Label("Entry of the coordinator log")
@Category("dtx")
@StackTrace(false)
final class EntryEvent extends Event {

    @Label("Index")
    long index;

    @Label("Batches")
    @Description("How many batches of sessions it holds")
    int batches;

    @Label("Queued")
    @Description("How long the first of them has waited for the entry before")
    @Timespan
    long queued;

    @Label("Logged")
    @Description("How long the log took: until a majority has it and it was applied")
    @Timespan
    long logged;

    @Label("Answered")
    @Description("How long it took to hand over the replies")
    @Timespan
    long answered;
}
