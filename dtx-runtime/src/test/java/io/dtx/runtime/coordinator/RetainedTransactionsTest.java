package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionId;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.Origin;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.runtime.protocol.TransactionStateMachine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetainedTransactionsTest {

    private static final Comparator<TransactionState> ORDER =
            Comparator.comparingLong(TransactionState::endedAt).thenComparing(TransactionState::id);

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long BYTES_EACH_MAX = 400; // an object for each comparison would take a thousand

    private final RetainedTransactions retained = new RetainedTransactions();

    @Test
    void it_holds_what_a_sorted_set_would_hold() {
        Random random = new Random(7);
        TreeSet<TransactionState> model = new TreeSet<>(ORDER);
        Map<TransactionId, TransactionState> gone = new HashMap<>();
        long number = 0;
        for (int round = 0; round < 20_000; round++) {
            if (random.nextInt(100) < (round < 8_000 ? 70 : 45)) {
                TransactionId id = new TransactionId(random.nextInt(2) - 1, 1 + random.nextInt(3), ++number);
                int size = random.nextInt(1_000) == 0 ? 200_000 : random.nextInt(40);
                TransactionState tx = over(id, round / 30 - random.nextInt(3), size);
                retained.add(tx);
                model.add(tx);
            } else {
                TransactionState first = model.isEmpty() ? null : model.first();
                long until = round / 30L - 50;
                assertThat(retained.firstEnd()).isEqualTo(first == null ? Long.MAX_VALUE : first.endedAt());
                Departed left = retained.removeEndedUntil(round % 2 == 0 ? until : Long.MAX_VALUE);
                TransactionState removed =
                        left == null ? null : left.transaction().get();
                assertThat(removed)
                        .isEqualTo(first == null || (round % 2 == 0 && first.endedAt() > until) ? null : first);
                if (removed != null) {
                    model.remove(removed);
                    gone.put(removed.id(), removed);
                }
            }
            if (round % 2_000 == 0) {
                check(model, gone);
            }
        }
        assertThat(model).hasSizeGreaterThan(100);
        assertThat(gone).hasSizeGreaterThan(1_000);
        check(model, gone);
    }

    private void check(TreeSet<TransactionState> model, Map<TransactionId, TransactionState> gone) {
        model.forEach(each -> assertThat(retained.get(each.id())).isEqualTo(each));
        gone.keySet().forEach(each -> assertThat(retained.get(each)).isNull());
        assertThat(retained.view().encoded().map(StateCodec::transaction))
                .isSortedAccordingTo(Comparator.comparingLong(TransactionState::endedAt))
                .containsExactlyInAnyOrderElementsOf(model);
    }

    @Test
    void a_view_stays_as_it_was_whatever_is_added_and_removed_afterwards() {
        for (int number = 1; number <= 2_000; number++) {
            retained.add(over(new TransactionId(1, 1, number), number, 20));
        }
        RetainedTransactions.View view = retained.view();
        for (int number = 2_001; number <= 9_000; number++) {
            retained.removeEndedUntil(Long.MAX_VALUE);
            retained.add(over(new TransactionId(1, 1, number), number, 20));
        }

        List<Long> numbers = view.references().map(each -> each.id().number()).toList();
        assertThat(numbers).hasSize(2_000).startsWith(1L).endsWith(2_000L);
        assertThat(view.references())
                .allMatch(each -> each.transaction().get().id().equals(each.id()));
    }

    @Test
    void many_that_ended_together_leave_in_the_order_of_their_ids_without_objects_for_each_comparison() {
        int many = 4_096;
        List<Integer> numbers =
                new ArrayList<>(IntStream.rangeClosed(1, many).boxed().toList());
        Collections.shuffle(numbers, new Random(7));
        numbers.forEach(number -> retained.add(over(new TransactionId(1, 1, number), 5, 20)));
        long[] left = new long[many];

        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < many; i++) {
            left[i] = Objects.requireNonNull(retained.removeEndedUntil(5)).id().number();
        }
        long each = (THREADS.getCurrentThreadAllocatedBytes() - before) / many;

        assertThat(left).isSorted().doesNotHaveDuplicates();
        assertThat(each).isLessThan(BYTES_EACH_MAX);
    }

    private static TransactionState over(TransactionId id, long time, int size) {
        Origin origin = new Origin(id.session(), time, 1_000 + time, 9, 0);
        LogCommand.RecordDecision decision = new LogCommand.RecordDecision(id, "u".repeat(size), 1, new byte[] {1});
        TransactionState decided =
                TransactionStateMachine.begin(decision, origin).state();
        TransactionState over = TransactionStateMachine.apply(decided, new LogCommand.ForgetDecision(id), origin)
                .state();
        assertThat(over.isOver()).isTrue();
        assertThat(over.decision())
                .extracting(TransactionState.Decision::outcome)
                .isEqualTo(Outcome.COMMIT);
        return over;
    }
}
