package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DtxException;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A resource manager that is no data source takes part through a source of its own. */
class HandleResourceTest {

    @TempDir
    Path directory;

    private final TestDatabase east = Bank.account(H2Fixture.freshDatabase());
    private final TestDatabase west = Bank.account(H2Fixture.freshDatabase());
    private final MemoryJournal journal = new MemoryJournal();
    private Bank bank;
    private MemoryJournal.Writer writer;

    @BeforeEach
    void open() {
        bank = new Bank(directory, Map.of("dtx.xa.h2.allowed", "true", "dtx.xa.recovery.interval", "1h"), east, west);
        bank.dtx().xaResource("journal", journal);
        writer = bank.dtx().resource("journal", MemoryJournal.Writer.class);
        bank.start();
    }

    @AfterEach
    void close() {
        bank.close();
        assertThat(journal.openConnections).hasValue(0);
    }

    @Test
    void it_commits_with_the_databases_under_one_decision() throws Exception {
        bank.log().appends().clear();
        bank.atomically(() -> {
            writer.write("moved 10");
            Bank.add(bank.east(), -10);
            Bank.add(bank.west(), 10);
            writer.write("done");
            return null;
        });

        assertThat(journal.lines).containsExactly("moved 10", "done");
        assertThat(Bank.balance(west)).isEqualTo(1010);
        assertThat(bank.log().appends()).containsExactly("RECORD_DECISION");
    }

    @Test
    void it_rolls_back_with_them_and_commits_alone() throws Exception {
        assertThatThrownBy(() -> bank.atomically(() -> {
                    writer.write("never");
                    Bank.add(bank.east(), -10);
                    throw new IllegalArgumentException("called off");
                }))
                .hasMessage("called off");
        bank.atomically(() -> {
            writer.write("alone");
            return null;
        });

        assertThat(journal.lines).containsExactly("alone");
        assertThat(Bank.balance(east)).isEqualTo(1000);
    }

    @Test
    void outside_an_atomic_transaction_it_is_refused() {
        assertThatThrownBy(() -> writer.write("lost"))
                .isInstanceOf(DtxException.class)
                .hasMessageStartingWith("DTX-3538");
        assertThat(writer).hasToString("ATOMIC resource journal").isEqualTo(writer);
    }
}
