package io.dtx.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.log.WireReader;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a member holds a state for whoever reads a backup of it. */
class BackupsTest {

    private final ExecutorService readers = Executors.newFixedThreadPool(2);
    private final Member member = new Member(new MemoryLog(), Limits.DEFAULT, 60_000);

    @BeforeEach
    void open() {
        member.open(() -> {});
    }

    @AfterEach
    void close() {
        member.close();
        readers.shutdownNow();
    }

    @Test
    void the_state_is_let_go_with_the_last_piece_which_may_be_asked_for_again() {
        Backups backups = new Backups(member, readers);
        long number = begun(backups);
        long piece = 0;
        while (bytes(backups, number, piece) > 0) {
            assertThat(backups.isReading()).isTrue();
            piece++;
        }
        assertThat(piece).isPositive();
        assertThat(backups.isReading()).isFalse();
        assertThat(bytes(backups, number, piece)).isZero();
        assertRefused(backups, number, piece + 1);
    }

    @Test
    void the_state_is_let_go_after_a_silence_and_what_was_read_is_not_taken_for_whole() {
        Backups backups = new Backups(member, readers, 50);
        long number = begun(backups);
        while (backups.isReading()) {
            LockSupport.parkNanos(1_000_000);
        }
        assertRefused(backups, number, 0);
        assertRefused(backups, number, -1);
    }

    @Test
    void whoever_was_overtaken_does_not_end_the_one_that_has_begun_since() {
        Backups backups = new Backups(member, readers);
        long first = begun(backups);
        long second = begun(backups);
        assertRefused(backups, first, 0);
        assertThat(bytes(backups, second, 0)).isPositive();
    }

    private static long begun(Backups backups) {
        return answered(backups.begin().join()).readLong();
    }

    private static int bytes(Backups backups, long number, long piece) {
        return answered(backups.piece(asked(number, piece))).readBytes().length;
    }

    private static void assertRefused(Backups backups, long number, long piece) {
        assertThatThrownBy(() -> backups.piece(asked(number, piece))).hasMessageContaining("DTX-7055");
    }

    private static WireReader asked(long number, long piece) {
        return answered(Wire.message(Wire.BACKUP_PIECE, out -> {
            out.writeLong(number);
            out.writeLong(piece);
        }));
    }

    private static WireReader answered(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        bytes.get();
        return new WireReader(bytes);
    }
}
