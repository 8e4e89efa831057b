package io.dtx.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionStatus;
import io.dtx.examples.cluster.Journal.Entry;
import io.dtx.examples.cluster.Journal.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Plants what must not be into a world that is as it should be, and reads what the audit says. */
class AuditTest {

    private final List<Entry> journals = new ArrayList<>();
    private final Map<Long, Integer> effects = new TreeMap<>(Map.of(1L, 3, 4L, 3));
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Map<String, TransactionStatus>> logs = new TreeMap<>();

    AuditTest() {
        for (long order = 1; order <= 4; order++) {
            journals.add(new Entry(Word.TAKEN, order, "-", 0));
            journals.add(new Entry(Word.BEGUN, order, "t" + order, 1));
        }
        journals.add(new Entry(Word.COMMITTED, 1, "t1", 5));
        journals.add(new Entry(Word.REFUSED, 2, "t2", 6));
        journals.add(new Entry(Word.UNKNOWN, 3, "t3", 7)); // and the fourth was never answered
        for (String member : Cluster.MEMBERS) {
            logs.put(
                    member,
                    new TreeMap<>(Map.of(
                            "t1", TransactionStatus.COMMITTED,
                            "t2", TransactionStatus.COMPENSATED,
                            "t3", TransactionStatus.COMPENSATED,
                            "t4", TransactionStatus.COMMITTED)));
        }
    }

    @Test
    void a_world_in_order_is_consistent() {
        Audit audit = audit();

        assertThat(audit.isConsistent()).as(audit.toString()).isTrue();
        assertThat(audit).isEqualTo(new Audit(4, 2, 2, 2, 0, List.of()));
    }

    @Test
    void an_order_in_some_of_the_databases_is_in_doubt() {
        effects.put(3L, 2);

        assertThat(audit().inDoubt()).isEqualTo(1);
        expect("order 3 is in effect in 2 databases");
    }

    @Test
    void an_answer_that_the_databases_do_not_know_is_found() {
        effects.remove(1L);
        effects.put(2L, 3);

        expect(
                "order 1 was answered COMMITTED, and is in effect in 0 databases",
                "order 2 was answered REFUSED, and is in effect in 3 databases");
    }

    @Test
    void an_answer_that_one_member_does_not_know_is_found() {
        logs.get("m2").remove("t1");

        expect(
                "order 1 is in effect, and its transaction t1 is null in the log of m2",
                "the log of m2 is another one than that of m1",
                "1 transactions have committed in the log of m2, and 2 orders in the databases");
    }

    @Test
    void an_answer_that_all_members_know_better_is_found() {
        logs.values().forEach(each -> each.put("t2", TransactionStatus.COMMITTED));

        expect(
                "order 2 is not in effect, and its transaction t2 is COMMITTED in the log of m3",
                "3 transactions have committed in the log of m3, and 2 orders in the databases");
    }

    @Test
    void an_order_without_an_answer_whose_transaction_has_another_outcome_is_found() {
        effects.put(3L, 3);
        effects.remove(4L);

        expect(
                "order 3 is in effect, and its transaction t3 is COMPENSATED in the log of m1",
                "order 4 is not in effect, and its transaction t4 is COMMITTED in the log of m1");
    }

    @Test
    void a_transaction_that_has_not_ended_is_in_doubt() {
        logs.values().forEach(each -> each.put("t5", TransactionStatus.PARKED));

        assertThat(audit().inDoubt()).isEqualTo(1);
        expect("t5 is PARKED");
    }

    @Test
    void an_order_that_nobody_placed_is_found() {
        effects.put(5L, 3);

        expect("order 5 is in the databases, and nobody has placed it");
    }

    @Test
    void what_does_not_add_up_in_the_databases_is_found() {
        wrong.add("the shelf of article-1");

        expect("the shelf of article-1");
    }

    private Audit audit() {
        return Audit.of(journals, new Books(effects, wrong), logs);
    }

    private void expect(String... problems) {
        Audit audit = audit();
        assertThat(audit.isConsistent()).isFalse();
        assertThat(audit.problems()).contains(problems);
    }
}
