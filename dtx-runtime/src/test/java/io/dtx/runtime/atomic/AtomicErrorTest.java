package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.Propagation;
import io.dtx.TransactionAbortedException;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A driver that throws what it may not, before and after each call: both databases agree, the caller is told nothing that is not
 * so, no lock is left, and the same thread goes on with the next transaction.
 */
class AtomicErrorTest {

    private static final int TIMEOUT_MILLIS = 3_000; // of whoever meets a lock that was left

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(PostgresFixture.freshDatabase());
    private final TestDatabase west = Bank.account(PostgresFixture.freshDatabase());
    private final ChangingStep step = new ChangingStep();
    private final List<String> wrong = new ArrayList<>();

    /** What a driver throws. */
    enum Planted {
        ERROR(InternalError::new), // an OutOfMemoryError ends JUnit
        UNCHECKED(IllegalStateException::new);

        private final Supplier<Throwable> made;

        Planted(Supplier<Throwable> made) {
            this.made = made;
        }
    }

    @ParameterizedTest
    @EnumSource
    void in_a_transfer(Planted planted) {
        everywhere(List.of("east", "west"), List.of("start", "end", "prepare", "commit"), planted, bank -> {
            transfer(bank);
            return null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void in_a_transfer_that_is_regretted(Planted planted) {
        everywhere(List.of("east", "west"), List.of("start", "end", "rollback"), planted, bank -> {
            transfer(bank);
            throw new IllegalArgumentException("regretted");
        });
    }

    @ParameterizedTest
    @EnumSource
    void in_a_commit_in_one_phase(Planted planted) {
        everywhere(List.of("east"), List.of("start", "end", "onePhase"), planted, bank -> {
            Bank.add(bank.east(), -10);
            return null;
        });
        assertThat(Bank.balance(west)).isLessThan(2 * Bank.START_BALANCE);
    }

    private interface Work {
        @Nullable
        Void of(Bank bank) throws Exception;
    }

    private void everywhere(List<String> resources, List<String> calls, Planted planted, Work work) {
        try (Bank bank = Bank.watched(directory, Map.of(), east, west, step).start()) {
            for (String resource : resources) {
                for (String call : calls) {
                    for (String when : List.of("before", "after")) {
                        String point = resource + ":" + call + ":" + when;
                        String said = failAt(bank, point, planted, work, resources.size() == 1);
                        if (!said.isEmpty()) {
                            wrong.add(point + ": " + said);
                        }
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Returns what was wrong. */
    private String failAt(Bank bank, String point, Planted planted, Work work, boolean alone) {
        long eastBefore = Bank.balance(east);
        long westBefore = Bank.balance(west);
        step.set(call -> {
            if (call.equals(point)) {
                step.clear();
                AtomicErrorTest.<RuntimeException>sneak(planted.made.get());
            }
        });
        Throwable told = answer(bank, work);
        step.clear();
        bank.awaitNothingInDoubt();
        Throwable next = answer(bank, each -> {
            Bank.add(each.east(), 0);
            Bank.add(each.west(), 0);
            return null;
        });
        long left = eastBefore - Bank.balance(east);
        long arrived = alone ? left : Bank.balance(west) - westBefore;
        if (left != arrived) {
            return left + " left, " + arrived + " arrived";
        }
        if ((told == null && left == 0) || (told instanceof TransactionAbortedException && left != 0)) {
            return "moved " + left + ", but the caller is told " + told;
        }
        return next == null ? "" : "the next transaction fails with " + next;
    }

    private static @Nullable Throwable answer(Bank bank, Work work) {
        try {
            bank.call(Bank.atomic(Propagation.REQUIRED, TIMEOUT_MILLIS), () -> work.of(bank));
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private static void transfer(Bank bank) throws SQLException {
        Bank.add(bank.east(), -10);
        Bank.add(bank.west(), 10);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }
}
