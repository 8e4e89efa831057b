package io.dtx.processor;

import io.dtx.processor.message.Nearest;
import io.dtx.spi.Weave;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The option {@code -Adtx.weave=}.
 *
 * @param written what stands there, without control characters
 * @param known what it means; empty if it means nothing
 */
record WeaveOption(String written, Optional<Weave> known) {

    /** The option's name. */
    static final String NAME = "dtx.weave";

    /** Reads the option's value, null if it is not given. */
    static WeaveOption of(@Nullable String value) {
        String written = value == null ? name(Weave.SUBCLASS) : value.replaceAll("\\p{Cntrl}", "?");
        return new WeaveOption(
                written,
                Arrays.stream(Weave.values())
                        .filter(each -> name(each).equals(written))
                        .findFirst());
    }

    boolean isKnown() {
        return known.isPresent();
    }

    /** Returns what it means, or the default. */
    Weave weave() {
        return known.orElse(Weave.SUBCLASS);
    }

    /** Returns a question that ends the complaint about an unknown value, or nothing. */
    String suggestion() {
        List<String> names =
                Arrays.stream(Weave.values()).map(WeaveOption::name).toList();
        return Nearest.suggestion(written, names);
    }

    private static String name(Weave weave) {
        return weave.name().toLowerCase(Locale.ROOT);
    }
}
