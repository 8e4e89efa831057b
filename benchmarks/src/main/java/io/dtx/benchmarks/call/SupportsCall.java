package io.dtx.benchmarks.call;

import io.dtx.runtime.Dtx;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A {@code SUPPORTS} method outside a transaction through its generated bean, and the same method without dtx. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SupportsCall {

    private static final Logger LOG = Logger.getLogger("io.dtx");

    static {
        LOG.setLevel(Level.SEVERE); // that a log in memory is for tests only
    }

    private final Dtx dtx = Dtx.builder().config("dtx.log", "memory").build();
    private final PriceList plain = new PriceList(7);
    private final PriceList woven = dtx.create(PriceList.class, 7L);
    private long item;

    /** Starts dtx. */
    @Setup
    public void start() {
        dtx.start();
    }

    /** Closes dtx. */
    @TearDown
    public void close() {
        dtx.close();
    }

    /** The method by itself. */
    @Benchmark
    public long plain() {
        return plain.price(item++);
    }

    /** The method through its generated bean. */
    @Benchmark
    public long woven() {
        return woven.price(item++);
    }
}
