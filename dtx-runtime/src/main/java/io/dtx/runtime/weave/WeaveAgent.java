package io.dtx.runtime.weave;

import java.lang.instrument.Instrumentation;

/**
 * Weaves classes that were compiled with {@code -Adtx.weave=bytecode} when they are loaded:
 * {@code java -javaagent:dtx-runtime.jar}, with dtx-api and Byte Buddy on the class path. What a build plugin has woven is left as
 * it is.
 */
public final class WeaveAgent {

    private static final System.Logger LOG = System.getLogger(WeaveAgent.class.getName());

    private WeaveAgent() {}

    /** Begins before the application does. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        start(instrumentation);
    }

    /** Begins in an application that runs: too late for the classes that are loaded, which are named. */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        start(instrumentation);
    }

    private static void start(Instrumentation instrumentation) {
        try {
            LoadedClasses.transform(instrumentation);
        } catch (NoClassDefFoundError e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "DTX-1036 the agent weaves nothing, because a class is not on the class path of the application: "
                            + e.getMessage()
                            + ". Add net.bytebuddy:byte-buddy and io.dtx:dtx-api, or weave in the build.",
                    e);
        }
    }
}
