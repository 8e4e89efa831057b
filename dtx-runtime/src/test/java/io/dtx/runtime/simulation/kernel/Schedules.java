package io.dtx.runtime.simulation.kernel;

import java.lang.reflect.Constructor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a small piece of code that has threads under one schedule after the other. One thread at a time. */
public final class Schedules {

    private final Constructor<?> play;
    private final Runner runner = new Runner();

    /**
     * Is ready to {@link #search}.
     *
     * @param play is made for each schedule, by a public constructor without parameters
     * @param changed classes that differ from those on the class path, by name
     */
    public Schedules(Class<? extends Runnable> play, Map<String, byte[]> changed) {
        try {
            this.play = new SimulatedLoader(play.getClassLoader(), changed, Map.of(), Map.of())
                    .loadClass(play.getName())
                    .getConstructor();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first of so many schedules in which something happens that must not, or null. */
    public @Nullable History search(int schedules) {
        try {
            for (int seed = 1; seed <= schedules; seed++) {
                History history = runner.run(seed, false, this::playOnce);
                if (!history.isClean()) {
                    return history;
                }
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void playOnce() {
        try {
            ((Runnable) play.newInstance()).run();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
