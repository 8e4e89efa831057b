package io.dtx.tidy;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of the runtime's classes with state that threads share has all of them, no other, and names tests that are there. */
final class SharedState {
    static final String LIST = "docs/interleavings.md";
    private static final String RUNTIME = "dtx-runtime/src/main/java/io/dtx/runtime/";

    /** Words of code that say that threads meet there; a future is handed over, and says it of nobody. */
    private static final Pattern SHARED = Pattern.compile("(?m)^(?!import ).*\\b(?:volatile|synchronized|VarHandle"
            + "|Atomic(?:Boolean|Integer|Long|Reference)\\w*|(?:Long|Double)(?:Adder|Accumulator)"
            + "|Concurrent(?!Modification)\\w+|CopyOnWrite\\w+|Reentrant\\w*Lock|StampedLock|\\w*Blocking(?:Queue|Deque)"
            + "|LinkedTransferQueue|Semaphore|CountDownLatch|CyclicBarrier|Phaser|Exchanger)\\b");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\| ([^|]+) \\| `(\\w+)` \\|$");
    private static final Pattern REASON = Pattern.compile(
            "Lincheck|schedules|lone|locked(?:: .+)?|single call|one writer(?:: .+)?|harmless: .+|waits: .+");

    private SharedState() {}

    static Stream<String> violations(Repository repository) {
        return repository.named(LIST::equals).flatMap(list -> violations(repository, list));
    }

    private static Stream<String> violations(Repository repository, SourceFile list) {
        Set<String> sharing = repository
                .main()
                .filter(file -> file.path().startsWith(RUNTIME)
                        && SHARED.matcher(file.code()).find())
                .map(file -> file.path()
                        .substring(RUNTIME.length(), file.path().length() - ".java".length())
                        .replace('/', '.'))
                .collect(Collectors.toSet());
        Set<String> tests = repository
                .tests()
                .map(file -> file.path().substring(file.path().lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
        Map<String, Integer> rows = new TreeMap<>();
        ROW.matcher(list.text()).results().forEach(row -> rows.merge(row.group(1), 1, Integer::sum));
        return Stream.of(
                        sharing.stream()
                                .filter(each -> !rows.containsKey(each))
                                .sorted()
                                .map(each -> each + " shares state: say in " + LIST + " what shows that it may"),
                        rows.entrySet().stream()
                                .filter(each -> each.getValue() > 1)
                                .map(each -> each.getKey() + " is in " + LIST + " twice"),
                        ROW.matcher(list.text())
                                .results()
                                .flatMap(row -> wrong(row, sharing, tests).map(why -> list.place(row.start()) + why)))
                .flatMap(each -> each);
    }

    private static Stream<String> wrong(MatchResult row, Set<String> sharing, Set<String> tests) {
        String reason = row.group(2);
        String test = row.group(3);
        return Stream.of(
                        sharing.contains(row.group(1)) ? "" : " " + row.group(1) + " shares nothing: take it out",
                        tests.contains(test + ".java") ? "" : " " + test + " is no test",
                        REASON.matcher(reason).matches() ? "" : " \"" + reason + "\" is none of the words above",
                        reason.equals("Lincheck") == test.endsWith("LincheckTest")
                                ? ""
                                : " tests with Lincheck, and no others, are called LincheckTest",
                        reason.equals("schedules") == test.endsWith("SchedulesTest")
                                ? ""
                                : " tests of schedules, and no others, are called SchedulesTest")
                .filter(why -> !why.isEmpty());
    }
}
