package io.dtx.runtime.secrets;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What goes wrong where; failures may tell the value that is at hand there. */
final class Faults {

    private final Map<String, Function<String, Exception>> planned = new ConcurrentHashMap<>();

    /** From now on a place fails. */
    void plan(String place, Function<String, Exception> failure) {
        planned.put(place, failure);
    }

    /** Fails if that is planned for the place. */
    void pass(String place, String value) throws Exception {
        @Nullable Function<String, Exception> failure = planned.get(place);
        if (failure != null) {
            throw failure.apply(value);
        }
    }
}
