package io.dtx.tidy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packages of a module's main code form layers: none imports one that, directly or not, imports it. */
final class ImportCycles {
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?((?:[a-z]\\w*\\.)+)[A-Z]");

    /** Its two halves are one: what users see, and what generated code sees of it. */
    private static final String ONE_LAYER = "dtx-api";

    private ImportCycles() {}

    static Stream<String> violations(Repository repository) {
        Map<String, Map<String, Set<String>>> importsByModule = new TreeMap<>();
        repository
                .main()
                .filter(file -> !file.module().equals(ONE_LAYER))
                .forEach(file -> importsByModule
                        .computeIfAbsent(file.module(), module -> new TreeMap<>())
                        .computeIfAbsent(file.javaPackage(), name -> new TreeSet<>())
                        .addAll(imports(file)));
        return importsByModule.values().stream()
                .flatMap(imports -> imports.keySet().stream()
                        .filter(start -> reaches(start, imports))
                        .map(start -> start + " imports itself through " + imports.get(start)));
    }

    private static Set<String> imports(SourceFile file) {
        Set<String> packages = new TreeSet<>();
        Matcher matcher = IMPORT.matcher(file.code());
        while (matcher.find()) {
            packages.add(matcher.group(1).substring(0, matcher.group(1).length() - 1));
        }
        packages.remove(file.javaPackage());
        return packages;
    }

    private static boolean reaches(String start, Map<String, Set<String>> imports) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(imports.get(start));
        while (!next.isEmpty()) {
            String name = next.pop();
            if (name.equals(start)) {
                return true;
            }
            if (seen.add(name)) {
                next.addAll(imports.getOrDefault(name, Set.of()));
            }
        }
        return false;
    }
}
