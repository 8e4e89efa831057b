package io.dtx.examples.conformance.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.examples.conformance.CdiSe;
import io.dtx.examples.conformance.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trace of classes that only interceptors enter. Weld does not show them what an object calls of itself, so two calls of
 * the suite go another way there, one of which leaves something; that way is recorded, too. To record it:
 * {@code -Ddtx.rewrite=true}, and review the difference.
 */
class InterceptorsTest {

    private static final List<String> CALLS_OF_ITSELF = List.of("calls to itself", "a step inside a step");
    private static final List<String> WHAT_THEY_LEAVE = List.of("what is there", "what is there after recovery");
    private static final Path RECORDED =
            Path.of("src", "main", "resources", "io", "dtx", "examples", "conformance", "trace-of-references.txt");
    private static final Pattern TRANSACTION = Pattern.compile("\\bT\\d+\\b");

    @TempDir
    Path directory;

    @Test
    void weld_leaves_the_recorded_trace_but_for_calls_that_an_object_makes_of_itself() throws Exception {
        String trace = Trial.of(directory, CdiSe.class).trace();

        if (Boolean.getBoolean("dtx.rewrite")) {
            Files.writeString(RECORDED, trace);
        }
        assertThat(trace).isEqualTo(Files.readString(RECORDED));
        Map<String, String> recorded = calls(Trial.recorded());
        Map<String, String> seen = calls(trace);
        assertThat(seen.keySet()).containsExactlyElementsOf(recorded.keySet());
        for (String each : Stream.concat(CALLS_OF_ITSELF.stream(), WHAT_THEY_LEAVE.stream())
                .toList()) {
            assertThat(Objects.requireNonNull(seen.remove(each))).isNotEqualTo(recorded.remove(each));
        }
        assertThat(seen).isEqualTo(recorded);
        Trial.passed(
                "Weld SE, interceptors (" + seen.size() + " calls as recorded, " + CALLS_OF_ITSELF.size()
                        + " of objects that call themselves),",
                WeldContainer.class);
    }

    /** Returns what each call left, by its name; transactions are numbered in each. */
    private static Map<String, String> calls(String trace) {
        Map<String, String> calls = new LinkedHashMap<>();
        for (String each : trace.split("(?m)^== ")) {
            int end = each.indexOf('\n');
            Map<String, String> names = new HashMap<>();
            calls.put(
                    each.substring(0, end),
                    TRANSACTION
                            .matcher(each.substring(end))
                            .replaceAll(id -> names.computeIfAbsent(id.group(), any -> "T" + (names.size() + 1))));
        }
        return calls;
    }
}
