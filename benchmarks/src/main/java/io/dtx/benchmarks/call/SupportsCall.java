package io.dtx.benchmarks.call;

import io.dtx.runtime.Dtx;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
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

/** A {@code SUPPORTS} method outside a transaction, without dtx and on each of the three ways into it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SupportsCall {

    private static final Logger LOG = Logger.getLogger("io.dtx");

    static {
        LOG.setLevel(Level.SEVERE); // that a log in memory is for tests only
    }

    /** The method by itself. */
    @Benchmark
    public long plain(Plain plain) {
        return plain.prices.price(plain.item++);
    }

    /** The method through its generated subclass. */
    @Benchmark
    public long subclass(Subclass subclass) {
        return subclass.prices.price(subclass.item++);
    }

    /** The method with woven bytecode. */
    @Benchmark
    public long bytecode(Bytecode bytecode) {
        return bytecode.prices.price(bytecode.item++);
    }

    /** The method through a container's reference, entered by an interceptor. */
    @Benchmark
    public long interceptor(Intercepted intercepted) {
        return intercepted.prices.price(intercepted.item++);
    }

    /** Nothing of dtx. */
    @State(Scope.Thread)
    public static class Plain {
        private final PriceList prices = new PriceList(7);
        private long item;
    }

    /** An object of the generated class. */
    @State(Scope.Thread)
    public static class Subclass {
        private final Dtx dtx = Dtx.builder().config("dtx.log", "memory").build();
        private final PriceList prices = dtx.create(PriceList.class, 7L);
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
    }

    /** An object of the woven class. */
    @State(Scope.Thread)
    public static class Bytecode {
        private final Dtx dtx = Dtx.builder()
                .config("dtx.log", "memory")
                .woven(WovenPriceList.class)
                .build();
        private final WovenPriceList prices = new WovenPriceList(7);
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
    }

    /** A bean of a container. */
    @State(Scope.Thread)
    public static class Intercepted {
        private final SeContainer container =
                SeContainerInitializer.newInstance().initialize();
        private final InterceptedPriceList prices =
                container.select(InterceptedPriceList.class).get();
        private long item;

        /** Closes the container, and dtx with it. */
        @TearDown
        public void close() {
            container.close();
        }
    }
}
