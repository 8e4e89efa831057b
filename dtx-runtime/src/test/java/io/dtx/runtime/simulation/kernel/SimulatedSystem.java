package io.dtx.runtime.simulation.kernel;

import java.io.InputStream;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the static methods of {@link System} and {@link UUID} that tell time, chance, loggers and settings become: nothing of the
 * machine comes into a history.
 */
public final class SimulatedSystem {

    private static final long EPOCH_MILLIS = 1_700_000_000_000L;
    private static final long JUMPS_MILLIS = 300;

    private SimulatedSystem() {}

    /** As {@link System#nanoTime()}. */
    public static long nanoTime() {
        Kernel.point();
        return Strand.current().kernel.nanos();
    }

    /** As {@link System#currentTimeMillis()}: somebody sets the clock several times a second, by up to 18 hours. */
    public static long currentTimeMillis() {
        long millis = Strand.current().kernel.millis();
        long jump = ((millis / JUMPS_MILLIS + 1) * 0x9E37_79B9_7F4A_7C15L) >> 37;
        return EPOCH_MILLIS + millis + jump;
    }

    /** As {@link UUID#randomUUID()}. */
    public static UUID randomUuid() {
        Chance chance = Strand.current().kernel.chance();
        return new UUID(chance.next(), chance.next());
    }

    /** As {@link System#getenv(String)}: nothing is set. */
    public static @Nullable String getenv(String name) {
        return null;
    }

    /** As {@link System#getProperties()}: nothing is set. */
    public static Properties getProperties() {
        return new Properties();
    }

    /** As {@link ClassLoader#getSystemResourceAsStream(String)}: there is no file. */
    public static @Nullable InputStream getSystemResourceAsStream(String name) {
        return null;
    }

    /** As {@link System#getLogger(String)}: what is logged becomes part of a history that is told. */
    public static System.Logger getLogger(String name) {
        return new Told(name);
    }

    private record Told(String name) implements System.Logger {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return Thread.currentThread() instanceof Track && Kernel.current().isVerbose();
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable cause) {
            if (isLoggable(level)) {
                Kernel.current().tell(() -> "LOG " + level + " " + text + (cause == null ? "" : " " + cause));
            }
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Object... values) {
            if (isLoggable(level)) {
                Kernel.current().tell(() -> "LOG " + level + " " + text + " " + java.util.Arrays.toString(values));
            }
        }
    }
}
