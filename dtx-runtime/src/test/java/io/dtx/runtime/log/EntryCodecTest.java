package io.dtx.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.SessionBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

    private static final Path GOLDEN = Path.of("src/test/resources/io/dtx/runtime/log/entries.golden");
    private static final int HEADROOM = 32;
    private static final int MUTATIONS = Integer.getInteger("dtx.log.mutations", 200_000);

    @Test
    void the_bytes_of_every_command_are_the_recorded_ones() throws IOException {
        List<String> lines = SampleCommands.oneOfEach().stream()
                .map(command -> command.tag() + " " + command.getClass().getSimpleName() + " " + hex(entryOf(command)))
                .toList();
        if (Boolean.getBoolean("dtx.rewrite")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.write(GOLDEN, lines);
        }
        assertEquals(Files.readAllLines(GOLDEN), lines);
    }

    @Test
    void every_kind_of_command_has_a_sample_and_a_tag_of_its_own() {
        List<LogCommand> samples = SampleCommands.oneOfEach();
        assertThat(samples.stream().map(LogCommand::getClass).collect(Collectors.toSet()))
                .isEqualTo(Stream.of(LogCommand.class.getPermittedSubclasses()).collect(Collectors.toSet()));
        assertThat(samples.stream().map(LogCommand::tag).distinct().count()).isEqualTo(samples.size());
    }

    @Test
    void entries_are_read_back_as_they_were() {
        Stream.concat(SampleCommands.oneOfEach().stream(), SampleCommands.atTheLimits().stream())
                .forEach(command -> assertReadBack(entryOf(command)));
        assertReadBack(new LogEntry(1, 1, 0, 0, List.of()));
        assertReadBack(wholeEntry());
    }

    @Test
    void the_buffer_that_is_chosen_for_an_entry_is_large_enough_and_not_much_larger() {
        SampleCommands.oneOfEach().forEach(each -> {
            LogEntry many = new LogEntry(
                    7, 3, 1_500, 1_795_000_000_000L, List.of(new SessionBatch(1, 5, 2, Collections.nCopies(64, each))));
            ByteBuffer bytes = EntryCodec.encode(many, 16);
            assertThat(bytes.limit()).isEqualTo(16 + encoded(many).remaining());
            assertThat(bytes.capacity()).isLessThan(bytes.limit() + 64 * 200);
        });
    }

    @Test
    void all_payloads_are_those_found_one_by_one() {
        ByteBuffer bytes = encoded(wholeEntry());
        List<byte[]> all = EntryCodec.payloads(bytes.duplicate());
        assertThat(all).hasSize((int) wholeEntry().batches().stream()
                .mapToLong(batch -> batch.commands().size())
                .sum());
        for (int ordinal = 0; ordinal < all.size(); ordinal++) {
            assertArrayEquals(EntryCodec.payload(ordinal, bytes.duplicate()), all.get(ordinal));
        }
    }

    @Test
    void a_payload_is_found_by_its_ordinal_over_all_batches() {
        ByteBuffer bytes = encoded(wholeEntry());
        assertArrayEquals(new byte[] {1, 2, 3}, EntryCodec.payload(4, bytes.duplicate()));
        assertArrayEquals(new byte[] {42}, EntryCodec.payload(5, bytes.duplicate()));
        assertArrayEquals(new byte[] {9, 8, 7}, EntryCodec.payload(14, bytes.duplicate()));
        assertArrayEquals(new byte[70_000], EntryCodec.payload(19, bytes.duplicate()));
        assertArrayEquals(new byte[0], EntryCodec.payload(0, bytes.duplicate()));
        assertThrows(IllegalArgumentException.class, () -> EntryCodec.payload(24, bytes.duplicate()));
    }

    @Test
    void a_large_entry_gets_a_larger_buffer_and_the_next_one_uses_it() {
        LogEntry large = entryOf(new LogCommand.FinishStep(SampleCommands.ID, 1, new byte[100_000]));
        ByteBuffer grown = EntryCodec.encode(large, HEADROOM, ByteBuffer.allocateDirect(64));
        assertThat(grown.isDirect()).isTrue();
        assertSame(grown, EntryCodec.encode(wholeEntry(), HEADROOM, grown));
    }

    @Test
    void an_entry_over_its_limits_is_refused() {
        LogCommand huge = new LogCommand.FinishStep(SampleCommands.ID, 1, new byte[EntryCodec.ENTRY_BYTES_MAX]);
        List<LogCommand> many = Collections.nCopies(EntryCodec.ENTRY_COMMANDS_MAX + 1, new LogCommand.CloseSession());
        assertThrows(IllegalArgumentException.class, () -> encoded(entryOf(huge)));
        assertThrows(
                IllegalArgumentException.class,
                () -> encoded(new LogEntry(1, 1, 1, 1, List.of(new SessionBatch(1, 1, 1, many)))));
        assertReadBack(new LogEntry(
                1, 1, 1, 1, List.of(new SessionBatch(1, 1, 1, many.subList(0, EntryCodec.ENTRY_COMMANDS_MAX)))));
    }

    @Test
    void fields_that_a_later_version_appends_are_skipped() {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        WireWriter out = new WireWriter(bytes);
        out.writeByte(3);
        out.writeSized(() -> {
            out.writeLong(300);
            out.writeString("appended");
        });
        assertEquals(new LogCommand.ExpireSession(300), CommandCodec.read(new WireReader(bytes.flip())));
    }

    @Test
    void a_command_or_an_entry_of_a_later_version_says_so() {
        ByteBuffer bytes = ByteBuffer.allocate(64).put((byte) 99).put((byte) 0).flip();
        assertThat(assertThrows(LogDamagedException.class, () -> CommandCodec.read(new WireReader(bytes))))
                .hasMessageContaining("tag 99");
        ByteBuffer entry = encoded(wholeEntry());
        entry.put(entry.position(), (byte) 2);
        assertThat(assertThrows(LogDamagedException.class, () -> EntryCodec.decode(1, 1, entry)))
                .hasMessageContaining("version 2");
    }

    @Test
    void whatever_the_bytes_are_an_entry_comes_out_or_a_damage_report() {
        byte[] whole = bytes(encoded(wholeEntry()));
        byte[] small = Arrays.copyOf(whole, 700);
        int decoded = 0;
        for (int length = 0; length < small.length; length++) {
            decoded += decodes(Arrays.copyOf(small, length)) ? 1 : 0;
        }
        assertEquals(0, decoded, "a prefix passed for an entry");
        Random random = new Random(1);
        int entries = 0;
        int damaged = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] mutated = bytes(encoded(entryOf(SampleCommands.oneOfEach().get(random.nextInt(16)))));
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            if (decodes(mutated)) {
                entries++;
            } else {
                damaged++;
            }
        }
        System.out.println("mutated entries, seed 1: " + entries + " decoded, " + damaged + " damaged");
        assertThat(entries).isPositive();
        assertThat(damaged).isPositive();
    }

    private static boolean decodes(byte[] bytes) {
        try {
            LogEntry entry = EntryCodec.decode(1, 1, ByteBuffer.wrap(bytes));
            EntryCodec.encode(entry, 0, ByteBuffer.allocate(64));
            return true;
        } catch (LogDamagedException e) {
            return false;
        }
    }

    private static LogEntry entryOf(LogCommand command) {
        return new LogEntry(7, 3, 1_500, 1_795_000_000_000L, List.of(new SessionBatch(1, 5, 2, List.of(command))));
    }

    private static LogEntry wholeEntry() {
        return new LogEntry(
                9,
                4,
                12_345,
                1_795_000_000_000L,
                List.of(
                        new SessionBatch(1, 1, 1, SampleCommands.oneOfEach()),
                        new SessionBatch(300, 17, 4, SampleCommands.atTheLimits())));
    }

    private static void assertReadBack(LogEntry entry) {
        LogEntry read = EntryCodec.decode(entry.index(), entry.term(), encoded(entry));
        assertEquals(hex(entry), hex(read));
        assertEquals(text(entry), text(read));
    }

    /** Arrays compare by identity in records; their text without identity does not. */
    private static String text(LogEntry entry) {
        return entry.toString().replaceAll("\\[B@[0-9a-f]+", "bytes");
    }

    private static ByteBuffer encoded(LogEntry entry) {
        return EntryCodec.encode(entry, HEADROOM, ByteBuffer.allocate(256)).position(HEADROOM);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static String hex(LogEntry entry) {
        return HexFormat.of().formatHex(bytes(encoded(entry)));
    }
}
