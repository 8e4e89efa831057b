package io.dtx.tidy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text file of the repository.
 *
 * @param path relative to the repository's root, with slashes
 * @param text its content
 */
record SourceFile(String path, String text) {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

    boolean isJava() {
        return path.endsWith(".java") && (isMain() || isTest());
    }

    boolean isMain() {
        return path.contains("src/main/java/");
    }

    boolean isTest() {
        return path.contains("src/test/java/");
    }

    /** Whether it was written for a test to read: such a file may break rules on purpose. */
    boolean isFixture() {
        return path.contains("src/test/resources/");
    }

    boolean isPackageInfo() {
        return path.endsWith("/package-info.java");
    }

    /** The directory of its module, or an empty text for a file outside of modules. */
    String module() {
        int src = path.indexOf("/src/");
        return src < 0 ? "" : path.substring(0, src);
    }

    String directory() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    String javaPackage() {
        Matcher matcher = PACKAGE.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    int lineCount() {
        return (int) text.lines().count();
    }

    /** Its Java code: the text with comments and literals blanked, so that places stay the same. */
    String code() {
        return JavaText.withoutCommentsAndLiterals(text);
    }

    /** A violation for each match in the given text, which has the same places as this file's. */
    Stream<String> matches(Pattern forbidden, String in, String why) {
        Matcher matcher = forbidden.matcher(in);
        return matcher.results().map(result -> place(result.start()) + " " + why);
    }

    /** Path and line of a place in the text, as compilers write it. */
    String place(int offset) {
        long line = text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        return path + ":" + line + ":";
    }
}
