package io.dtx.tidy;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Sagas on one machine need no third-party jar: what api and runtime depend on is ours, optional, or not there at run time. */
final class PublishedDependencies {
    private static final Set<String> LIGHT = Set.of("dtx-api/pom.xml", "dtx-runtime/pom.xml");
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
    private static final Pattern NO_BURDEN =
            Pattern.compile("<groupId>io\\.dtx</groupId>|<optional>true</optional>|<scope>(?:test|provided)</scope>");

    private PublishedDependencies() {}

    static Stream<String> violations(Repository repository) {
        return repository
                .named(LIGHT::contains)
                .flatMap(pom -> DEPENDENCY
                        .matcher(pom.text())
                        .results()
                        .filter(dependency ->
                                !NO_BURDEN.matcher(dependency.group(1)).find())
                        .map(dependency -> pom.place(dependency.start()) + " make optional:" + inOneLine(dependency)));
    }

    private static String inOneLine(MatchResult dependency) {
        return dependency.group(1).replaceAll("\\s+", " ");
    }
}
