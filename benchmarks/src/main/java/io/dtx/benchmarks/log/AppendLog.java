package io.dtx.benchmarks.log;

import java.io.IOException;

/** A log that many threads append to at once. */
public interface AppendLog extends AutoCloseable {

    /** Returns once the record is durable. */
    void append(byte[] record) throws IOException;

    /** Returns how often one disk was forced; while nobody appends. */
    long forces();

    /** Returns the CPU time that it has used so far outside this process, in nanoseconds. */
    default long foreignCpuNanos() {
        return 0;
    }

    @Override
    void close() throws IOException;
}
