package io.dtx.runtime.participant.guard;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/** Recognises SQL that would end a step's transaction behind dtx's back. It reads first words, not grammar. */
final class StepSql {

    private static final Set<String> COMMITS = Set.of(
            "ALTER",
            "CREATE",
            "DROP",
            "RENAME",
            "TRUNCATE",
            "GRANT",
            "REVOKE",
            "ANALYZE",
            "OPTIMIZE",
            "REPAIR",
            "VACUUM",
            "REINDEX",
            "FLUSH",
            "UNLOCK");
    private static final Set<String> ENDS = Set.of("COMMIT", "ROLLBACK", "BEGIN", "START", "END", "ABORT", "XA");

    private final String sql;
    private int at;

    private StepSql(String sql) {
        this.sql = sql;
    }

    /** Throws if one of the statements in the text is recognised; notes a change of the isolation level. */
    static void check(String sql, LocalTransaction transaction) throws SQLException {
        StepSql text = new StepSql(sql);
        do {
            text.checkStatement(transaction);
        } while (text.nextStatement());
    }

    private void checkStatement(LocalTransaction transaction) throws SQLException {
        String first = word();
        if (COMMITS.contains(first)) {
            String second = word();
            boolean temporary = second.startsWith("TEMP")
                    || ((second.equals("LOCAL") || second.equals("GLOBAL")) && word().startsWith("TEMP"));
            if (!temporary || transaction.dialect().temporaryTablesCommit()) {
                throw GuardedCalls.refused(
                        transaction, first + ' ' + second, "it may commit by itself. Do it outside of steps.");
            }
        } else if (ENDS.contains(first)) {
            String second = word();
            String third = second.equals("WORK") || second.equals("TRANSACTION") ? word() : second;
            if (!(first.equals("ROLLBACK") && third.equals("TO"))) {
                throw GuardedCalls.refused(
                        transaction,
                        (first + ' ' + second).strip(),
                        "dtx begins the transaction, commits it when the method returns and rolls it back when it throws.");
            }
        } else if (first.equals("LOCK") && word().equals("TABLES")) {
            throw GuardedCalls.refused(transaction, "LOCK TABLES", "it commits by itself. Lock rows instead.");
        } else if (first.equals("PREPARE") && word().equals("TRANSACTION")) {
            throw GuardedCalls.refused(transaction, "PREPARE TRANSACTION", "use mode = ATOMIC for two-phase commit.");
        } else if (first.equals("SET")) {
            checkSetting(transaction);
        }
    }

    private void checkSetting(LocalTransaction transaction) throws SQLException {
        String rest = sql.substring(at).toUpperCase(Locale.ROOT);
        if (rest.contains("AUTOCOMMIT")) {
            throw GuardedCalls.refused(transaction, "SET AUTOCOMMIT", "dtx commits when the method returns.");
        }
        if (rest.contains("ISOLATION")) {
            transaction.lockSession();
        }
    }

    /** Returns the next word in upper case, empty if something else comes next. */
    private String word() {
        skipBlanks();
        int begin = at;
        while (at < sql.length() && Character.isLetter(sql.charAt(at))) {
            at++;
        }
        return sql.substring(begin, at).toUpperCase(Locale.ROOT);
    }

    private void skipBlanks() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at)) { // MySQL executes what is inside
                at = sql.indexOf('!', at) + 1;
                while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
                    at++;
                }
            } else if (sql.startsWith("/*", at) || sql.startsWith("--", at) || c == '#') {
                skipTo(c == '/' ? "*/" : "\n");
            } else if (Character.isWhitespace(c) || c == '(' || c == '{') {
                at++;
            } else {
                return;
            }
        }
    }

    /** Moves behind the next semicolon outside of literals and comments; false if there is none. */
    private boolean nextStatement() {
        if (sql.indexOf(';', at) < 0) {
            return false;
        }
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == ';') {
                at++;
                return true;
            } else if (c == '\'' || c == '"' || c == '`') {
                at++;
                skipTo(String.valueOf(c));
            } else if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
                skipTo(c == '/' ? "*/" : "\n");
            } else if (c == '$') {
                skipDollars();
            } else {
                at++;
            }
        }
        return false;
    }

    /** Skips a dollar-quoted literal of PostgreSQL, if there is one here. */
    private void skipDollars() {
        int end = at + 1;
        while (end < sql.length() && Character.isLetterOrDigit(sql.charAt(end))) {
            end++;
        }
        if (end < sql.length() && sql.charAt(end) == '$') {
            String quote = sql.substring(at, end + 1);
            at = end + 1;
            skipTo(quote);
        } else {
            at++;
        }
    }

    private void skipTo(String end) {
        int found = sql.indexOf(end, at);
        at = found < 0 ? sql.length() : found + end.length();
    }
}
