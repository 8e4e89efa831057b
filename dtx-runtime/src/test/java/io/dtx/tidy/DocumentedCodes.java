package io.dtx.tidy;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every code of a message in main code has its entry in the list of messages, once there is one. */
final class DocumentedCodes {
    static final String LIST = "docs/messages.md";
    private static final Pattern CODE = Pattern.compile("\\bDTX-P?\\d{3,4}\\b");

    private DocumentedCodes() {}

    static Stream<String> violations(Repository repository) {
        return repository.named(LIST::equals).flatMap(list -> missing(repository, codes(list)));
    }

    private static Stream<String> missing(Repository repository, Set<String> documented) {
        return repository
                .main()
                .flatMap(file -> CODE.matcher(file.text())
                        .results()
                        .filter(code -> !documented.contains(code.group()))
                        .map(code -> file.place(code.start()) + " " + code.group() + " is missing in " + LIST));
    }

    private static Set<String> codes(SourceFile file) {
        return CODE.matcher(file.text()).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
