package io.dtx.runtime.testdb;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A database server of one test, which kills it with {@code kill -9} and starts it again on its data, or stops it for a while. */
public interface MortalServer extends AutoCloseable {

    /** Makes an empty database. */
    TestDatabase database(String name);

    /** Kills all of its processes. */
    void kill() throws IOException;

    /** Starts it again, after it was killed. */
    void restart() throws IOException;

    /** Stops all of its processes: who asks it waits. */
    void stop() throws IOException;

    /** Lets it go on, after it was stopped. */
    void wakeUp();

    @Override
    void close() throws IOException;

    /** Sends a process a signal, such as STOP. */
    static void signal(ProcessHandle process, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
