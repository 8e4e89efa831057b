package io.dtx.runtime.participant.guard.checker;

import java.util.function.UnaryOperator;

/** A rule of the protocol that is taken out of one actor's statements, and the scenario that must break then. */
enum TakenOut {
    NOTHING(Scenario.ZOMBIE_AND_TAKEOVER, true, true),
    SESSION_CHECK_OF_STEPS(Scenario.ZOMBIE_AND_TAKEOVER, true, false),
    LOCK_OF_THE_SESSION_ROW(Scenario.ZOMBIE_AND_TAKEOVER, true, false),
    MARK_FOR_STUCK_STEPS(Scenario.STUCK_STEP_OF_A_LIVE_SESSION, true, false),
    MARK_FOR_STUCK_CLAIMERS(Scenario.STUCK_CLAIMER_OF_A_LIVE_SESSION, true, false),
    SESSION_CHECK_OF_SETTLING(Scenario.LATE_SETTLING_OWNER, true, false),
    SESSION_CHECK_OF_COMPENSATIONS(Scenario.FENCED_CLAIMER_AND_NEXT, true, false),
    SESSION_CHECK_OF_COMPENSATIONS_AFTER_RESOLVE(Scenario.CLAIMER_AND_OPERATOR, true, false),
    KIND(Scenario.TWO_CLAIMERS_OF_NOTHING, true, true),
    SESSION_ROW_MADE_ONCE(Scenario.ZOMBIE_AND_TAKEOVER, false, false),
    FENCE_OF_THE_LOST_LOG(Scenario.LATER_STEP_AND_RESTORED_LOG, true, true),
    MARK_OF_THE_LOST_LOG(Scenario.SWEEPER_AND_RESTORED_LOG, true, true),
    LOG_OF_THE_MARK(Scenario.SWEEPER_AND_RESTORED_LOG, true, true),
    SETTLING_APART_FROM_UNDOING(Scenario.FORWARD_AND_CLAIMER_IN_ONE_TRANSACTION, true, true);

    final Scenario scenario;
    /** Whether the owner's session row is there before the run, as it must be. */
    final boolean ownersRowBefore;

    private final boolean both;

    TakenOut(Scenario scenario, boolean ownersRowBefore, boolean both) {
        this.scenario = scenario;
        this.ownersRowBefore = ownersRowBefore;
        this.both = both;
    }

    /** Returns whether something breaks without the rule, given what the database does by itself. */
    boolean appliesTo(Level level) {
        return switch (this) {
            case NOTHING -> false;
            case LOCK_OF_THE_SESSION_ROW -> level.checksSnapshot();
            // Where reads lock, whoever would sweep what a claimer has read waits until the claimer has ended.
            // The lock of the session rows refuses a stuck claimer as well, because raising the mark changes the row.
            case FENCE_OF_THE_LOST_LOG -> level.fencesWhatIsAboutToCommit();
            case MARK_FOR_STUCK_CLAIMERS -> !level.checksSnapshot() && !level.locksReads();
            case SESSION_CHECK_OF_COMPENSATIONS -> !level.detectsConflicts() && !level.locksReads();
            // Elsewhere a conflict ends the transaction, or shows its cause to every later statement.
            case SETTLING_APART_FROM_UNDOING -> level == Level.MARIADB_REPEATABLE_READ;
            default -> true;
        };
    }

    /** Returns which actor begins the first schedules: where the break is found early. */
    int begins() {
        return this == SESSION_ROW_MADE_ONCE ? 1 : 0;
    }

    UnaryOperator<String> rewriteFirst() {
        return this::rewrite;
    }

    UnaryOperator<String> rewriteSecond() {
        return both ? this::rewrite : TakenOut::spare;
    }

    private String rewrite(String sql) {
        String spared = spare(sql);
        if (this == FENCE_OF_THE_LOST_LOG) {
            return spared.replace("SET state = 'F' WHERE", "SET state = 'F' WHERE 1 = 0 AND");
        }
        if (!spared.startsWith("INSERT INTO") || !spared.contains("dtx_guard")) {
            return spared;
        }
        return switch (this) {
            case NOTHING, SESSION_ROW_MADE_ONCE, FENCE_OF_THE_LOST_LOG, SETTLING_APART_FROM_UNDOING -> spared;
            case SESSION_CHECK_OF_STEPS,
                    SESSION_CHECK_OF_SETTLING,
                    SESSION_CHECK_OF_COMPENSATIONS,
                    SESSION_CHECK_OF_COMPENSATIONS_AFTER_RESOLVE -> withoutCheck(spared);
            case LOCK_OF_THE_SESSION_ROW -> spared.replace(" FOR SHARE", "").replace(" FOR UPDATE", "");
            case LOG_OF_THE_MARK ->
                spared.replace("o.cluster = ?", "o.cluster = a.cluster AND CAST(? AS decimal(20)) IS NOT NULL");
            case MARK_FOR_STUCK_STEPS, MARK_FOR_STUCK_CLAIMERS, MARK_OF_THE_LOST_LOG ->
                spared.replaceAll("((?:o\\.)?low <= )\\?", "($1? OR 1 = 1)");
            case KIND -> spared.replace("SELECT 'T'", "SELECT 'E'").replace("'T' FROM", "'E' FROM");
        };
    }

    /** Leaves the parameters, which are bound all the same. */
    private static String withoutCheck(String sql) {
        int from = sql.indexOf(" FROM ");
        int questionMarks =
                (int) sql.substring(from).chars().filter(c -> c == '?').count();
        String rest = sql.substring(from);
        int close = rest.indexOf("))");
        String tail = close < 0 ? "" : rest.substring(close);
        return sql.substring(0, from) + " FROM (SELECT 1 AS one) nothing WHERE CAST(? AS decimal(20)) IS NOT NULL"
                + " AND CAST(? AS decimal(20)) IS NOT NULL".repeat(questionMarks - 1) + tail;
    }

    /** Blockers live: the guard rows must hold without anybody being ended. */
    private static String spare(String sql) {
        return sql.replace("pg_terminate_backend(pid)", "false").replace("KILL CONNECTION", "DO ");
    }
}
