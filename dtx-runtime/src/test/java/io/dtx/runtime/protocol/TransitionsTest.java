package io.dtx.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.Recovery;
import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.spi.RetrySchedule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Single transitions: what larger tests see only from afar, such as where payloads are, who may not, and what is at a limit. */
class TransitionsTest {

    private static final long OWNER = 1;
    private static final long OTHER = 2;
    private static final TransactionId ID = new TransactionId(0xC1, OWNER, 7);
    private static final long FIRST = StepNumber.of(1, 1);
    private static final RetrySchedule SCHEDULE = new RetrySchedule(2, 100, 2, 1_000, 0.2);

    private static final long SEED_OF_FIRST = 7840952018881067861L;
    private static final long SEED_OF_REENTRY = 7840951469125253972L;

    private long index = 10;

    @Test
    void a_step_adds_its_texts_and_arguments_and_nothing_for_those_it_lacks() {
        assertThat(TransactionStateMachine.bytesOf(start(FIRST, "pay", "east", "db-1", new byte[20])))
                .isEqualTo(256 + 3 + 4 + 4 + 20);
        assertThat(TransactionStateMachine.bytesOf(start(FIRST, "pay", null, null, null)))
                .isEqualTo(256 + 3);
    }

    @Test
    void the_text_of_a_failure_weighs_as_much_as_it_takes_and_is_cut() {
        TransactionState tx = accept(begin("Orders", null), start(FIRST, "pay", "east", "db-1", null), OWNER);
        long before = tx.bytes();
        String text = "a\u007f\u0080\u07ff\u0800";
        TransactionState doubted = accept(tx, new LogCommand.FailStep(ID, FIRST, true, text), OWNER);
        assertThat(doubted.bytes()).isEqualTo(before + 2 + 2 * 2 + 3);
        TransactionState failed = accept(doubted, new LogCommand.FailStep(ID, FIRST, false, "no"), OWNER);
        assertThat(failed.bytes()).isEqualTo(before + 2);

        String longest = "x".repeat(500);
        assertThat(step(accept(tx, new LogCommand.FailStep(ID, FIRST, true, longest + "y"), OWNER))
                        .failure())
                .isEqualTo(longest);
        assertThat(step(accept(tx, new LogCommand.FailStep(ID, FIRST, true, longest), OWNER))
                        .failure())
                .isEqualTo(longest);
    }

    @Test
    void a_newer_record_of_a_decision_takes_the_place_of_the_older_one() {
        TransactionState tx =
                TransactionStateMachine.begin(record(1, 40), origin(OWNER)).state();
        tx = accept(tx, record(2, 60), OWNER);
        assertThat(tx.bytes()).isEqualTo(512 + 60);
    }

    @Test
    void steps_are_kept_in_the_order_of_their_numbers_whenever_they_start() {
        TransactionState tx = begin("Orders", null);
        for (int call : new int[] {2, 4, 1, 3}) {
            tx = accept(tx, start(StepNumber.of(call, 1), "step", "east", "db-1", null), OWNER);
        }
        assertThat(tx.steps())
                .extracting(each -> StepNumber.ownersCall(each.number()))
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void step_numbers_have_limits_and_say_what_they_are_made_of() {
        long largest = StepNumber.of((1 << 24) - 1, (1 << 16) - 1);
        assertThat(StepNumber.text(largest)).isEqualTo("16777215.65535");
        assertThat(StepNumber.call(StepNumber.of(5, 1))).isEqualTo(5L << 23);
        assertThat(StepNumber.isNested(largest)).isFalse();
        assertThat(StepNumber.isNested(FIRST + (1L << 16))).isTrue();
        assertThatThrownBy(() -> StepNumber.of(1 << 24, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StepNumber.of(1, 1 << 16)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StepNumber.of(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StepNumber.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void heuristic_outcomes_are_steps_that_took_effect_only_where_it_was_committed() {
        for (LogCommand.Heuristic ending : LogCommand.Heuristic.values()) {
            TransactionState tx = TransactionStateMachine.begin(
                            new LogCommand.RecordHeuristic(ID, "east", ending, "by itself"), origin(OWNER))
                    .state();
            assertThat(step(tx).tookEffect()).isEqualTo(ending == LogCommand.Heuristic.COMMITTED);
        }
    }

    @Test
    void a_time_that_does_not_fit_is_the_last_there_is() {
        Origin origin = new Origin(OWNER, 10, 0, 1, 0);
        assertThat(origin.after(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(origin.after(Long.MAX_VALUE - 10)).isEqualTo(Long.MAX_VALUE);
        assertThat(origin.after(0)).isEqualTo(10);
        assertThat(Origin.saturatedSum(10, -3)).isEqualTo(7);
    }

    @Test
    void only_its_owner_writes_a_decision_anew() {
        TransactionState tx =
                TransactionStateMachine.begin(record(1, 40), origin(OWNER)).state();
        assertThat(reply(tx, record(2, 40), OTHER)).isEqualTo(rejected("not-owner", tx));
    }

    @Test
    void payloads_are_where_the_command_came_from_and_nowhere_without_bytes() {
        assertThat(begin("Orders", null).arguments()).isNull();
        TransactionState tx = begin("Orders", new byte[1]);
        assertThat(tx.arguments()).isEqualTo(new Payload(index, 3));

        tx = accept(tx, start(FIRST, "pay", "east", "db-1", null), OWNER);
        assertThat(step(tx).intent().arguments()).isNull();
        TransactionState finished = accept(tx, new LogCommand.FinishStep(ID, FIRST, new byte[1]), OWNER);
        assertThat(step(finished).result()).isEqualTo(new Payload(index, 3));
        assertThat(step(accept(tx, new LogCommand.FinishStep(ID, FIRST, null), OWNER))
                        .result())
                .isNull();
    }

    @Test
    void a_step_of_others_starts_only_below_one_of_the_owners() {
        TransactionState tx = begin("Orders", null);
        LogCommand own = start(FIRST, "pay", "east", "db-1", null);
        assertThat(reply(tx, own, OTHER)).isEqualTo(rejected("not-owner", tx));
        LogCommand nested = start(FIRST + (1L << 16), "pay", "east", "db-1", null);
        assertThat(reply(tx, nested, OTHER).kind()).isEqualTo(Reply.Kind.ACCEPTED);
    }

    @Test
    void a_try_follows_only_one_that_has_failed() {
        TransactionState tx = accept(begin("Orders", null), start(FIRST, "pay", "east", "db-1", null), OWNER);
        LogCommand second = start(StepNumber.of(1, 2), "pay", "east", "db-1", null);
        assertThat(reply(tx, second, OWNER)).isEqualTo(rejected("try-open", tx));
        TransactionState failed = accept(tx, new LogCommand.FailStep(ID, FIRST, false, "no"), OWNER);
        assertThat(reply(failed, second, OWNER).kind()).isEqualTo(Reply.Kind.ACCEPTED);
        assertThat(reply(tx, start(StepNumber.of(2, 1), "ship", "west", "db-2", null), OWNER)
                        .kind())
                .isEqualTo(Reply.Kind.ACCEPTED);
    }

    @Test
    void a_stranger_ends_no_step_and_the_executor_does() {
        LogCommand.StartStep nested = start(FIRST + (1L << 16), "pay", "east", "db-1", null);
        TransactionState tx = accept(begin("Orders", null), nested, OTHER);
        LogCommand finish = new LogCommand.FinishStep(ID, nested.step(), null);
        assertThat(reply(tx, finish, 3)).isEqualTo(rejected("not-executor", tx));
        assertThat(reply(tx, finish, OTHER).kind()).isEqualTo(Reply.Kind.ACCEPTED);
        assertThat(reply(tx, finish, OWNER).kind()).isEqualTo(Reply.Kind.ACCEPTED);
    }

    @Test
    void steps_that_failed_do_not_hold_up_a_commit_which_tells_its_reason() {
        TransactionState tx = accept(begin("Orders", null), start(FIRST, "pay", "east", "db-1", null), OWNER);
        tx = accept(tx, new LogCommand.FailStep(ID, FIRST, false, "no"), OWNER);
        TransactionState committed = accept(tx, new LogCommand.Decide(ID, Outcome.COMMIT, "enough", 0), OWNER);
        assertThat(committed.status()).isEqualTo(TransactionStatus.COMMITTED);
        assertThat(committed.decision())
                .isEqualTo(TransactionState.Decision.of(Outcome.COMMIT, "enough", origin(OWNER)));
    }

    @Test
    void the_pivot_stays_the_decision_when_the_owner_commits() {
        TransactionState tx = accept(forward(), pivot(), OWNER);
        tx = accept(tx, new LogCommand.FinishStep(ID, FIRST, null), OWNER);
        TransactionState.Decision decision = tx.decision();
        index++;
        TransactionState committed = accept(tx, new LogCommand.Decide(ID, Outcome.COMMIT, "later", 1), OWNER);
        assertThat(committed.decision()).isEqualTo(decision);
        assertThat(committed.endedAt()).isEqualTo(origin(OWNER).time());
    }

    @Test
    void an_owner_that_fails_after_the_pivot_is_waited_for_longer_each_time() {
        TransactionState tx = accept(forward(), pivot(), OWNER);
        tx = accept(tx, new LogCommand.FinishStep(ID, FIRST, null), OWNER);
        for (int entries = 0; entries < 3; entries++) {
            TransactionState left = accept(tx, new LogCommand.Decide(ID, Outcome.ABORT, "no", 0), OWNER);
            long delay = RetrySchedule.COMPENSATION.delayMillisAfter(entries + 1, Compensations.seed(ID, 0));
            assertThat(left.reentryAt()).isEqualTo(origin(OWNER).time() + delay);
            index = left.reentryAt(); // which is the time, too
            tx = accept(left, new LogCommand.ClaimAction(ID, 0, entries + 1, 1_000), OWNER);
        }
    }

    @Test
    void nobody_claims_what_is_served_nor_fails_what_another_one_claims() {
        TransactionState tx = forward();
        assertThat(reply(tx, new LogCommand.ClaimAction(ID, 0, 0, 1_000), OWNER))
                .isEqualTo(rejected("not-pending", tx));

        TransactionState aborted = accept(
                accept(begin("Orders", null), start(FIRST, "pay", "east", "db-1", null), OWNER),
                new LogCommand.Decide(ID, Outcome.ABORT, "no", 0),
                OWNER);
        TransactionState claimed = accept(aborted, new LogCommand.ClaimAction(ID, FIRST, 1, 1_000), OWNER);
        LogCommand.FailCompensation failure = new LogCommand.FailCompensation(ID, FIRST, 1, "locked");
        assertThat(reply(claimed, failure, OTHER)).isEqualTo(rejected("not-claimer", claimed));
        assertThat(step(accept(claimed, failure, OWNER)).status()).isEqualTo(StepStatus.COMPENSATING);
    }

    /** Members of different versions apply the same entries: the jitter, of which delays are made, never changes. */
    @Test
    void the_seed_of_a_calls_jitter_is_the_same_for_ever() {
        assertThat(Compensations.seed(ID, FIRST)).isEqualTo(SEED_OF_FIRST);
        assertThat(Compensations.seed(ID, 0)).isEqualTo(SEED_OF_REENTRY);
    }

    private TransactionState begin(String name, byte @Nullable [] arguments) {
        return TransactionStateMachine.begin(
                        new LogCommand.Begin(ID, name, Recovery.BACKWARD, 1_000, arguments), origin(OWNER))
                .state();
    }

    private TransactionState forward() {
        return TransactionStateMachine.begin(
                        new LogCommand.Begin(ID, "Orders", Recovery.FORWARD, 1_000, null), origin(OWNER))
                .state();
    }

    private static LogCommand.StartStep start(
            long number,
            String name,
            @Nullable String resource,
            @Nullable String database,
            byte @Nullable [] arguments) {
        return new LogCommand.StartStep(ID, number, name, resource, database, false, true, 50, SCHEDULE, 1, arguments);
    }

    private static LogCommand.StartStep pivot() {
        return new LogCommand.StartStep(ID, FIRST, "pay", "east", "db-1", true, true, 50, SCHEDULE, 1, null);
    }

    private static LogCommand.RecordDecision record(int version, int bytes) {
        return new LogCommand.RecordDecision(ID, "uid", version, new byte[bytes]);
    }

    private Origin origin(long session) {
        return new Origin(session, index, 1_000_000 + index, index, 3);
    }

    private TransactionState accept(TransactionState tx, LogCommand command, long session) {
        Transition transition = TransactionStateMachine.apply(tx, (LogCommand.OnTransaction) command, origin(session));
        assertThat(transition.reply().kind()).isEqualTo(Reply.Kind.ACCEPTED);
        return transition.state();
    }

    private Reply reply(TransactionState tx, LogCommand command, long session) {
        return TransactionStateMachine.apply(tx, (LogCommand.OnTransaction) command, origin(session))
                .reply();
    }

    private static Reply rejected(String code, TransactionState tx) {
        return Reply.rejected(code, tx.status());
    }

    private static StepState step(TransactionState tx) {
        return tx.steps().get(0);
    }
}
