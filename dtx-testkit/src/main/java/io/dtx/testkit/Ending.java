package io.dtx.testkit;

import io.dtx.TransactionStatus;
import io.dtx.runtime.TransactionHistory;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a run of the application under test has come to, once everything is done that was to be done. */
public final class Ending {

    private final TestDtx dtx;
    private final Script script;
    private final @Nullable Ending whole;
    private final @Nullable Throwable thrown;
    private final List<TransactionHistory> transactions;
    private final Contents before;
    private final Contents after;

    private Ending(
            TestDtx dtx,
            @Nullable Ending whole,
            @Nullable Throwable thrown,
            List<TransactionHistory> transactions,
            Contents before,
            Contents after) {
        this.dtx = dtx;
        this.script = dtx.world().script(); // the kit's next use has another
        this.whole = whole;
        this.thrown = thrown;
        this.transactions = transactions;
        this.before = before;
        this.after = after;
    }

    /**
     * Makes the application, places the orders, calls, and waits for the end.
     *
     * @param whole what the call comes to when nothing goes wrong; null if that is what this run is for
     */
    static <T> Ending of(TestDtx dtx, @Nullable Ending whole, Creation<T> creation, Trial<T> trial, Runnable orders)
            throws Exception {
        T application = creation.create(dtx);
        Databases databases = dtx.world().databases();
        Contents before = Contents.of(databases.sources());
        orders.run();
        Throwable thrown = null;
        try {
            trial.run(application);
        } catch (Throwable failure) {
            thrown = failure;
        }
        List<TransactionHistory> transactions = dtx.settle();
        return new Ending(dtx, whole, thrown, transactions, before, Contents.of(databases.sources()));
    }

    /** Returns whether the call's transaction has committed; if not, it must have left nothing behind. */
    public boolean isCommitted() {
        return status() == TransactionStatus.COMMITTED;
    }

    /** Returns what the call threw, in a process that did not live to tell it a {@link SimulatedCrash}. */
    public Optional<Throwable> thrown() {
        return Optional.ofNullable(thrown);
    }

    /** Returns the call's transaction; none if its process died before the log knew of it. */
    public Optional<RecordedTransaction> transaction() {
        return transactions.stream().findFirst().map(each -> new RecordedTransaction(each, script));
    }

    /** Asks the database of a resource: the first column of the first row, null if there is none. */
    public @Nullable Object value(String resource, String query) throws SQLException {
        return dtx.value(resource, query);
    }

    /**
     * Returns what is different in the application's tables since before the call, as {@code resource.TABLE + row} and
     * {@code resource.TABLE - row}.
     */
    public List<String> changes() {
        return before.changesTo(after);
    }

    /**
     * Fails the test if a call that has not committed left a change, whatever it is, or one that has committed did not come to
     * what it comes to when nothing goes wrong: the same steps in effect, those that only read left out, and the same data. Not
     * for compensations that keep rows and mark them as undone, nor for calls that take another way when a step fails.
     *
     * @throws AssertionError with the changes
     */
    public void assertAllOrNothing() {
        if (isCommitted()) {
            assertAll();
        } else if (!changes().isEmpty()) {
            throw new AssertionError("left half done: " + String.join("; ", changes()));
        }
    }

    private void assertAll() {
        if (whole == null) {
            return;
        }
        List<String> differences = whole.after.changesTo(after);
        if (!differences.isEmpty() || !inEffect().equals(whole.inEffect())) {
            throw new AssertionError("committed half done: " + inEffect() + " are in effect, and " + whole.inEffect()
                    + " when nothing goes wrong; the data differ from then by " + differences);
        }
    }

    /** Returns the steps that have changed something, once for each call. */
    private List<String> inEffect() {
        return script.effects().stream()
                .filter(each -> !each.undone() && script.isCompensable(each.step()))
                .distinct()
                .map(Effect::step)
                .sorted()
                .toList();
    }

    @Nullable
    TransactionStatus status() {
        return transactions.isEmpty() ? null : transactions.get(0).status();
    }

    List<TransactionHistory> transactions() {
        return transactions;
    }

    /** Returns the names of the resources that the kit has given the application. */
    Set<String> resources() {
        return dtx.world().databases().sources().keySet();
    }

    Script script() {
        return script;
    }

    Contents before() {
        return before;
    }

    Contents after() {
        return after;
    }

    /** Returns what took effect, as a set: runs that agree in it and in their outcome agree in their data. */
    String outcome() {
        Set<String> effects = new TreeSet<>();
        script.effects().forEach(each -> effects.add(each.call() + " " + each));
        return status() + " " + effects;
    }

    /** Returns what a reader needs who wants to know why it is wrong. */
    String report() {
        String line = System.lineSeparator();
        StringBuilder out = new StringBuilder(500);
        transactions.forEach(out::append);
        out.append(transactions.isEmpty() ? "the log knows no transaction" + line : "");
        out.append("effects: ").append(script.effects()).append(line);
        out.append("the call ")
                .append(thrown == null ? "returned" : "threw " + thrown)
                .append(line);
        changes().forEach(each -> out.append("  ").append(each).append(line));
        return out.toString();
    }
}
