package io.dtx.tidy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Enough of Java's lexical grammar to tell code from comments and literals. */
final class JavaText {
    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            // A text block, a string, a character, a block comment, a line comment.
            "\"\"\"(?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\n])*+'|/\\*.*?\\*/|//[^\n]*+",
            Pattern.DOTALL);
    private static final Pattern VISIBLE = Pattern.compile("[^\n]");

    private JavaText() {}

    static String withoutCommentsAndLiterals(String java) {
        return COMMENT_OR_LITERAL
                .matcher(java)
                .replaceAll(match ->
                        Matcher.quoteReplacement(VISIBLE.matcher(match.group()).replaceAll(" ")));
    }
}
