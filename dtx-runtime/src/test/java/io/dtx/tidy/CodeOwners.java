package io.dtx.tidy;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A message's code has one meaning, so one package says it, in as many texts as there are variants; where two packages mean the
 * same, the code is named here. In the list of messages it has one entry, which stays when nobody says it any more.
 */
final class CodeOwners {
    private static final Pattern SAID = Pattern.compile("\"(DTX-\\d{4})\\b");
    /** As a number the code may travel to whoever says it. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\d_.])\\d{4}(?![\\d_.])");

    private static final Pattern ENTRY = Pattern.compile("(?m)^\\| (DTX-P?\\d{3,4}) \\|.*$");
    private static final String RETIRED = "retired";

    private static final Map<String, String> SHARED = Map.of(
            "DTX-1003", "a class without generated code, found by Dtx.create and by the CDI extension",
            "DTX-1004", "not started yet: the gateway, Dtx, and the coordinator below them",
            "DTX-1030", "a class that was compiled for weaving and is not woven, found where DTX-1003 is",
            "DTX-1041", "a call past the guard of a step, found by the weaver and at the start");
    /** The logs fulfil one contract, and say the same where they do not. */
    private static final String LOGS = "io.dtx.runtime.log";

    private CodeOwners() {}

    static Stream<String> violations(Repository repository) {
        Map<String, Set<String>> packages = new TreeMap<>();
        repository
                .main()
                .forEach(file -> SAID.matcher(file.text())
                        .results()
                        .forEach(code -> packages.computeIfAbsent(code.group(1), any -> new TreeSet<>())
                                .add(owner(file.javaPackage()))));
        return Stream.concat(
                packages.entrySet().stream()
                        .filter(each -> each.getValue().size() > 1 && !SHARED.containsKey(each.getKey()))
                        .map(each -> each.getKey() + " is said in " + each.getValue() + ": take a new code"),
                repository.named(DocumentedCodes.LIST::equals).flatMap(list -> entries(list, numbers(repository))));
    }

    private static String owner(String name) {
        return name.startsWith(LOGS + ".") ? LOGS : name;
    }

    private static Set<String> numbers(Repository repository) {
        return repository
                .main()
                .flatMap(file -> NUMBER.matcher(file.text()).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Stream<String> entries(SourceFile list, Set<String> said) {
        Set<String> seen = new TreeSet<>();
        return ENTRY.matcher(list.text()).results().flatMap(entry -> {
            String code = entry.group(1);
            String place = list.place(entry.start()) + " " + code;
            if (!seen.add(code)) {
                return Stream.of(place + " has another entry");
            }
            boolean dead = !code.startsWith("DTX-P")
                    && !said.contains(code.substring("DTX-".length()))
                    && !entry.group().contains(RETIRED);
            return dead ? Stream.of(place + " is said nowhere: write that it is " + RETIRED) : Stream.empty();
        });
    }
}
