package io.dtx.tidy;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The main code of a package is in one module: two named modules with the same package cannot be resolved together. */
final class SplitPackages {
    private SplitPackages() {}

    static Stream<String> violations(Repository repository) {
        Map<String, Set<String>> modules = new TreeMap<>();
        repository
                .main()
                .filter(file -> !file.javaPackage().isEmpty())
                .forEach(file -> modules.computeIfAbsent(file.javaPackage(), name -> new TreeSet<>())
                        .add(file.module()));
        return modules.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(each -> each.getKey() + " is in " + each.getValue());
    }
}
