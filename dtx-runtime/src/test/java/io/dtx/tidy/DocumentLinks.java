package io.dtx.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A relative link in a Markdown file names a file of the repository, and a heading of it if it names one. */
final class DocumentLinks {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern FENCED_CODE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+\\s+(.*)$");

    private DocumentLinks() {}

    static Stream<String> violations(Repository repository) {
        return repository
                .named(path -> path.endsWith(".md"))
                .flatMap(file -> LINK.matcher(FENCED_CODE.matcher(file.text()).replaceAll(""))
                        .results()
                        .map(link -> link.group(1))
                        .filter(target -> !target.matches("[a-z]+:.*"))
                        .filter(target -> isBroken(repository.root().resolve(file.path()), target))
                        .map(target -> file.path() + ": links to " + target + ", which does not exist"));
    }

    private static boolean isBroken(Path document, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        if (!Files.exists(file)) {
            return true;
        }
        return parts.length == 2
                && file.toString().endsWith(".md")
                && !anchors(file).contains(parts[1]);
    }

    /** The headings of a document, spelled as in links to them. */
    private static Set<String> anchors(Path document) {
        try {
            return HEADING.matcher(Files.readString(document))
                    .results()
                    .map(heading -> heading.group(1)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
