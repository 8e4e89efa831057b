package io.dtx.runtime.coordinator;

import static io.dtx.runtime.coordinator.ScriptedLog.abort;
import static io.dtx.runtime.coordinator.ScriptedLog.at;
import static io.dtx.runtime.coordinator.ScriptedLog.begin;
import static io.dtx.runtime.coordinator.ScriptedLog.claim;
import static io.dtx.runtime.coordinator.ScriptedLog.commit;
import static io.dtx.runtime.coordinator.ScriptedLog.doubt;
import static io.dtx.runtime.coordinator.ScriptedLog.external;
import static io.dtx.runtime.coordinator.ScriptedLog.fail;
import static io.dtx.runtime.coordinator.ScriptedLog.finish;
import static io.dtx.runtime.coordinator.ScriptedLog.id;
import static io.dtx.runtime.coordinator.ScriptedLog.notUndone;
import static io.dtx.runtime.coordinator.ScriptedLog.pivot;
import static io.dtx.runtime.coordinator.ScriptedLog.start;
import static io.dtx.runtime.coordinator.ScriptedLog.undone;
import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.CloseSession;
import io.dtx.runtime.protocol.LogCommand.ExpireSession;
import io.dtx.runtime.protocol.LogCommand.ForgetDecision;
import io.dtx.runtime.protocol.LogCommand.OpenSession;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.LogCommand.Park;
import io.dtx.runtime.protocol.LogCommand.RecordDecision;
import io.dtx.runtime.protocol.LogCommand.Resolve;
import io.dtx.runtime.protocol.LogCommand.Retry;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every command met by a transaction, a step and a session in every status; the tables are in the test resources
 * {@code tables/}, one line for each pair, with the reply and what it made of the status.
 */
class TransitionTablesTest {

    private static final long OWNER = 1;
    private static final TransactionId ID = id(OWNER, 1);
    private static final byte[] RECORD = {1};

    private final TransitionCoverage coverage = new TransitionCoverage();

    @Test
    void transactions_answer_as_the_table_says() throws Exception {
        RecordedText.compare("tables/transactions.txt", transactions());
    }

    @Test
    void steps_answer_as_the_table_says() throws Exception {
        RecordedText.compare("tables/steps.txt", steps());
    }

    @Test
    void sessions_answer_as_the_table_says() throws Exception {
        RecordedText.compare("tables/sessions.txt", sessions());
    }

    @Test
    @Tag("exploration") // too long to be run for each mutation
    void every_pair_of_status_and_command_is_exercised() {
        TransitionCoverage explored = new TransitionCoverage();
        new Explorer<SagaWorld>(300_000)
                .explore(new SagaModel(SagaBounds.parse("coverage", "LL,1,1,otkp,1,1"), explored).start());
        new Explorer<AtomicWorld>(300_000).explore(new AtomicModel(explored).start());
        int reached = explored.transactions().size() + explored.steps().size();

        transactions();
        steps();

        System.out.printf(
                "(status x command) pairs: %d of transactions and %d of steps exercised by the tables, %d by exploration%n",
                coverage.transactions().size(), coverage.steps().size(), reached);
        assertThat(coverage.missing()).isEmpty();
    }

    private String transactions() {
        Map<String, Consumer<ScriptedLog>> statuses = new LinkedHashMap<>();
        statuses.put("absent", log -> {});
        statuses.put("ACTIVE", log -> log.unit(OWNER, begin(ID), start(ID, 1), finish(ID, 1), start(ID, 2)));
        statuses.put("ACTIVE whole", log -> log.unit(OWNER, begin(ID), start(ID, 1), finish(ID, 1)));
        statuses.put("COMPLETING", this::completing);
        statuses.put("COMPLETING atomic", log -> log.send(OWNER, record(1)));
        statuses.put("COMMITTED", log -> log.unit(OWNER, begin(ID), start(ID, 1), finish(ID, 1), commit(ID, 1)));
        statuses.put("COMMITTED atomic", log -> log.unit(OWNER, record(1), new ForgetDecision(ID)));
        statuses.put("COMPENSATING", TransitionTablesTest::compensating);
        statuses.put("COMPENSATED", log -> log.unit(OWNER, begin(ID), start(ID, 1), fail(ID, 1), abort(ID)));
        statuses.put("PARKED", TransitionTablesTest::parked);
        statuses.put("RESOLVED", log -> {
            parked(log);
            log.send(OWNER, new Resolve(ID, Outcome.ABORT, "by hand"));
        });
        statuses.put("HEURISTIC_MIXED", log -> {
            log.unit(OWNER, begin(ID), start(ID, 1), finish(ID, 1), start(ID, 2), finish(ID, 2), abort(ID));
            log.unit(OWNER, claim(ID, 2, 1), undone(ID, 2), claim(ID, 1, 1), new Park(ID, at(1), 1, "closed"));
            log.send(OWNER, new Resolve(ID, Outcome.COMMIT, "by hand"));
        });
        statuses.put("HEURISTIC atomic", log -> log.unit(OWNER, record(1), heuristic("east")));
        statuses.put("HEURISTIC aborted", log -> log.send(OWNER, heuristic("east")));
        statuses.put("HEURISTIC resolved", log -> {
            log.unit(OWNER, record(1), heuristic("east"));
            log.send(OWNER, new Resolve(ID, Outcome.COMMIT, "by hand"));
        });
        statuses.put("departed", log -> {
            log.unit(OWNER, begin(ID), commit(ID, 0));
            log.after(2 * Limits.DEFAULT.retentionMillis()).tick();
        });
        Map<String, LogCommand> commands = new LinkedHashMap<>();
        commands.put("Begin", begin(ID));
        commands.put("StartStep new", start(ID, 3));
        commands.put("FinishStep 2", finish(ID, 2));
        commands.put("FailStep 2", fail(ID, 2));
        commands.put("Decide COMMIT", commit(ID, 1));
        commands.put("Decide ABORT", abort(ID));
        commands.put("ClaimAction 0", claim(ID, 0, 1));
        commands.put("ClaimAction 1", claim(ID, 1, 1));
        commands.put("FinishCompensation 1", undone(ID, 1));
        commands.put("FailCompensation 1", notUndone(ID, 1, 1));
        commands.put("Park 1", new Park(ID, at(1), 1, "closed"));
        commands.put("Retry", new Retry(ID));
        commands.put("Resolve COMMIT", new Resolve(ID, Outcome.COMMIT, "by hand"));
        commands.put("Resolve ABORT", new Resolve(ID, Outcome.ABORT, "by hand"));
        commands.put("RecordDecision", record(2));
        commands.put("ForgetDecision", new ForgetDecision(ID));
        commands.put("RecordHeuristic east", heuristic("east"));
        commands.put("RecordHeuristic west", heuristic("west"));
        return table(statuses, commands, log -> {
            TransactionState tx = log.state.transaction(ID);
            return tx == null ? "-" : tx.status().name() + (tx.owner() == 0 ? " without owner" : "");
        });
    }

    private static LogCommand.RecordHeuristic heuristic(String resource) {
        return new LogCommand.RecordHeuristic(ID, resource, LogCommand.Heuristic.ROLLED_BACK, "by itself");
    }

    private String steps() {
        Map<String, Consumer<ScriptedLog>> statuses = new LinkedHashMap<>();
        statuses.put("absent", log -> log.unit(OWNER, begin(ID)));
        statuses.put("STARTED", log -> log.unit(OWNER, begin(ID), start(ID, 1)));
        statuses.put("STARTED aborted", log -> log.unit(OWNER, begin(ID), start(ID, 1), abort(ID)));
        statuses.put("STARTED external aborted", log -> log.unit(OWNER, begin(ID), external(ID, 1), abort(ID)));
        statuses.put("FINISHED", log -> log.unit(OWNER, begin(ID), start(ID, 1), finish(ID, 1)));
        statuses.put("FINISHED aborted", log -> log.unit(OWNER, begin(ID), start(ID, 1), finish(ID, 1), abort(ID)));
        statuses.put("FAILED", log -> log.unit(OWNER, begin(ID), start(ID, 1), fail(ID, 1)));
        statuses.put("IN_DOUBT", log -> log.unit(OWNER, begin(ID), start(ID, 1), doubt(ID, 1)));
        statuses.put("IN_DOUBT aborted", log -> log.unit(OWNER, begin(ID), start(ID, 1), doubt(ID, 1), abort(ID)));
        statuses.put("IN_DOUBT retried", log -> {
            parked(log);
            log.send(OWNER, new Retry(ID));
        });
        statuses.put("COMPENSATING claimed", log -> {
            compensating(log);
            log.send(OWNER, claim(ID, 1, 1));
        });
        statuses.put("COMPENSATING free", log -> {
            compensating(log);
            log.unit(OWNER, claim(ID, 1, 1), notUndone(ID, 1, 1));
            log.after(100).tick();
        });
        statuses.put("COMPENSATING not due", log -> {
            compensating(log);
            log.unit(OWNER, claim(ID, 1, 1), notUndone(ID, 1, 1));
        });
        statuses.put("COMPENSATED", log -> {
            compensating(log);
            log.unit(OWNER, claim(ID, 1, 1), undone(ID, 1));
        });
        statuses.put("PARKED", TransitionTablesTest::parked);
        Map<String, LogCommand> commands = new LinkedHashMap<>();
        commands.put("StartStep", start(ID, 1));
        commands.put("FinishStep", finish(ID, 1));
        commands.put("FailStep", fail(ID, 1));
        commands.put("FailStep doubt", doubt(ID, 1));
        commands.put("ClaimAction #1", claim(ID, 1, 1));
        commands.put("ClaimAction #2", claim(ID, 1, 2));
        commands.put("FinishCompensation", undone(ID, 1));
        commands.put("FailCompensation #1", notUndone(ID, 1, 1));
        commands.put("Park #1", new Park(ID, at(1), 1, "closed"));
        return table(statuses, commands, log -> {
            TransactionState tx = log.state.transaction(ID);
            StepState step = tx == null ? null : tx.step(at(1));
            return step == null ? "-" : step.status() + (step.claimer() == 0 ? "" : " #" + step.attempt());
        });
    }

    private String sessions() {
        Map<String, Consumer<ScriptedLog>> statuses = new LinkedHashMap<>();
        statuses.put("open", log -> log.unit(OWNER, begin(ID)));
        statuses.put("closed", log -> log.unit(OWNER, begin(ID), new CloseSession()));
        statuses.put("expired", log -> {
            log.unit(OWNER, begin(ID));
            log.unnumbered(new ExpireSession(OWNER));
        });
        statuses.put("departed", log -> {
            log.send(OWNER, new CloseSession());
            log.after(2 * Limits.DEFAULT.retentionMillis()).tick();
        });
        Map<String, Function<ScriptedLog, Reply>> sendings = new LinkedHashMap<>();
        OpenSession again = new OpenSession("n1".hashCode(), "n1", "app", List.of());
        sendings.put("OpenSession with its nonce", log -> log.unnumbered(again));
        sendings.put("OpenSession, numbered", log -> log.send(OWNER, again));
        sendings.put("CloseSession", log -> log.send(OWNER, new CloseSession()));
        sendings.put("ExpireSession", log -> log.unnumbered(new ExpireSession(OWNER)));
        sendings.put("Begin, the next number", log -> log.send(OWNER, begin(id(OWNER, 2))));
        sendings.put(
                "Begin, below the mark",
                log -> log.numbered(OWNER, 2, 9, begin(id(OWNER, 2))).get(0));
        sendings.put(
                "Begin, repeated", log -> log.numbered(OWNER, 1, 1, begin(ID)).get(0));
        sendings.put(
                "Begin, after a gap",
                log -> log.numbered(OWNER, 9, 1, begin(id(OWNER, 2))).get(0));
        sendings.put("Begin, unnumbered", log -> log.unnumbered(begin(id(OWNER, 2))));
        sendings.put("Begin, of a stranger", log -> log.send(2, begin(id(OWNER, 2))));
        StringBuilder table = new StringBuilder();
        statuses.forEach((status, drive) -> sendings.forEach((sending, send) -> {
            ScriptedLog log = new ScriptedLog(Limits.DEFAULT, coverage);
            log.open("n1");
            log.open("n2");
            drive.accept(log);
            line(table, status, sending, send.apply(log), log.state.session(OWNER) == null ? "-" : "");
        }));
        return table.toString();
    }

    @Test
    void two_openings_in_one_entry_do_not_share_an_id() {
        OpenSession first = new OpenSession(1, "a", "app", List.of());
        OpenSession second = new OpenSession(2, "b", "app", List.of());
        List<List<Reply>> replies = new ScriptedLog()
                .append(List.of(new SessionBatch(0, 0, 0, List.of(first, second))))
                .replies();
        assertThat(replies.get(0)).extracting(Reply::kind).containsExactly(Reply.Kind.ACCEPTED, Reply.Kind.REJECTED);
    }

    private String table(
            Map<String, Consumer<ScriptedLog>> statuses,
            Map<String, LogCommand> commands,
            Function<ScriptedLog, String> after) {
        StringBuilder table = new StringBuilder();
        statuses.forEach((status, drive) -> commands.forEach((name, command) -> {
            ScriptedLog log = new ScriptedLog(Limits.DEFAULT, coverage);
            log.open("n1");
            drive.accept(log);
            Reply reply = log.send(OWNER, command);
            line(table, status, name, reply, after.apply(log));
        }));
        return table.toString();
    }

    private static void line(StringBuilder table, String status, String command, Reply reply, String after) {
        String answer = reply.kind()
                + (reply.code().isEmpty() ? "" : " " + reply.code())
                + (reply.value() == 0 ? "" : " " + reply.value());
        table.append(String.format("%-25s %-27s -> %-26s %s", status, command, answer, after)
                        .stripTrailing())
                .append('\n');
    }

    private void completing(ScriptedLog log) {
        log.unit(OWNER, begin(ID, Recovery.FORWARD), pivot(ID, 1), finish(ID, 1));
    }

    private static void compensating(ScriptedLog log) {
        log.unit(OWNER, begin(ID), start(ID, 1), finish(ID, 1), abort(ID));
    }

    private static void parked(ScriptedLog log) {
        compensating(log);
        log.unit(OWNER, claim(ID, 1, 1), new Park(ID, at(1), 1, "closed"));
        Objects.requireNonNull(log.state.transaction(ID));
    }

    private static LogCommand record(int version) {
        return new RecordDecision(ID, "uid", version, RECORD);
    }
}
