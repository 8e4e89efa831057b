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
    private final @Nullable Throwable thrown;
    private final List<TransactionHistory> transactions;
    private final Contents before;
    private final Contents after;

    private Ending(
            TestDtx dtx,
            @Nullable Throwable thrown,
            List<TransactionHistory> transactions,
            Contents before,
            Contents after) {
        this.dtx = dtx;
        this.thrown = thrown;
        this.transactions = transactions;
        this.before = before;
        this.after = after;
    }

    /** Makes the application, places the orders, calls, and waits for the end. */
    static <T> Ending of(TestDtx dtx, Creation<T> creation, Trial<T> trial, Runnable orders) throws Exception {
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
        return new Ending(dtx, thrown, transactions, before, Contents.of(databases.sources()));
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
        return transactions.stream()
                .findFirst()
                .map(each -> new RecordedTransaction(each, dtx.world().script()));
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
     * Fails the test if a call that has not committed left a change, whatever it is. Not for compensations that keep rows and mark
     * them as undone.
     *
     * @throws AssertionError with the changes
     */
    public void assertAllOrNothing() {
        if (!isCommitted() && !changes().isEmpty()) {
            throw new AssertionError("left half done: " + String.join("; ", changes()));
        }
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
        return dtx.world().script();
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
        script().effects().forEach(each -> effects.add(each.call() + " " + each));
        return status() + " " + effects;
    }

    /** Returns what a reader needs who wants to know why it is wrong. */
    String report() {
        String line = System.lineSeparator();
        StringBuilder out = new StringBuilder(500);
        transactions.forEach(out::append);
        out.append(transactions.isEmpty() ? "the log knows no transaction" + line : "");
        out.append("effects: ").append(script().effects()).append(line);
        out.append("the call ")
                .append(thrown == null ? "returned" : "threw " + thrown)
                .append(line);
        changes().forEach(each -> out.append("  ").append(each).append(line));
        return out.toString();
    }
}
