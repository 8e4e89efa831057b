package io.dtx.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.TransactionId;
import io.dtx.spi.BranchId;
import io.dtx.spi.DtxParticipant.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger makes of its file: whole, torn, damaged, in use. */
class LedgerFileTest {

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("ledger");
    }

    @Test
    void what_was_prepared_is_in_doubt_until_it_is_ended_however_often_it_is_opened() throws Exception {
        prepare(1, 100);
        prepare(2, 200);
        prepare(3, 300);
        try (Ledger ledger = open()) {
            ledger.commit(branch(1), List.of());
            ledger.commit(branch(1), List.of());
            ledger.abort(branch(2), null);
            ledger.commit(branch(2), List.of());
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.inDoubt()).isEqualTo(Map.of(branch(3), List.of(new Entry("till", 300))));
            assertThat(ledger.balance("till")).isEqualTo(100);
        }
    }

    @Test
    void a_last_record_that_is_not_whole_was_never_there() throws Exception {
        prepare(1, 100);
        int whole = (int) Files.size(path);
        prepare(2, 200);
        byte[] all = Files.readAllBytes(path);
        for (int length = whole; length < all.length; length++) {
            Files.write(path, Arrays.copyOf(all, length));
            try (Ledger ledger = open()) {
                assertThat(ledger.inDoubt()).containsOnlyKeys(branch(1));
            }
            assertThat(Files.size(path)).isEqualTo(whole);
        }
    }

    @Test
    void damage_before_the_end_is_refused_and_nothing_is_touched() throws Exception {
        prepare(1, 100);
        int first = (int) Files.size(path);
        prepare(2, 200);
        byte[] all = Files.readAllBytes(path);
        for (int at = 0; at < first; at++) {
            byte[] damaged = all.clone();
            damaged[at] ^= 0x10;
            Files.write(path, damaged);
            assertThatThrownBy(this::open).as("byte %d", at).hasMessageStartingWith("the ledger is damaged at byte ");
            assertThat(Files.readAllBytes(path)).isEqualTo(damaged);
        }
    }

    @Test
    void a_ledger_that_could_not_be_forced_says_nothing_until_it_is_opened_again() throws Exception {
        try (Ledger ledger = new Ledger(new LedgerFile(path) {
            private boolean opened;

            @Override
            void force() throws IOException {
                if (opened) {
                    throw new IOException("no space left");
                }
                opened = true;
            }
        })) {
            assertThatThrownBy(() -> prepare(ledger, 1, 100)).hasMessage("no space left");
            assertThatThrownBy(ledger::inDoubt).hasMessageEndingWith("open it again");
            assertThatThrownBy(() -> ledger.abort(branch(1), null)).hasMessageEndingWith("open it again");
        }
    }

    @Test
    void it_tells_the_same_name_as_long_as_it_lives_and_no_other_tells_it() throws Exception {
        String name;
        try (Ledger ledger = open()) {
            name = ledger.storeId();
            assertThat(name).hasSize(36);
        }
        prepare(1, 100);
        try (Ledger ledger = open();
                Ledger other = new Ledger(new LedgerFile(directory.resolve("other")))) {
            assertThat(ledger.storeId()).isEqualTo(name);
            assertThat(other.storeId()).hasSize(36).isNotEqualTo(name);
        }
    }

    @Test
    void it_is_open_once() throws Exception {
        try (Ledger ledger = open()) {
            assertThat(ledger.balance("till")).isZero();
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageEndingWith("open already");
        }
    }

    private Ledger open() throws IOException {
        return new Ledger(new LedgerFile(path));
    }

    private void prepare(long number, long cents) throws Exception {
        try (Ledger ledger = open()) {
            prepare(ledger, number, cents);
        }
    }

    private static void prepare(Ledger ledger, long number, long cents) throws Exception {
        Work<List<Entry>> work = ledger.begin(branch(number));
        ((Postings) work.handle()).post("till", cents);
        work.prepare();
    }

    private static BranchId branch(long number) {
        return new BranchId(new TransactionId(7, 1, number), "b");
    }
}
