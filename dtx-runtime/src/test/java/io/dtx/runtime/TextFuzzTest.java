package io.dtx.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dtx.TransactionId;
import io.dtx.runtime.log.raft.Member;
import io.dtx.runtime.net.Address;
import io.dtx.spi.BranchId;
import io.dtx.spi.Durations;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of configuration, commands and databases: ids, addresses, lengths of time. */
class TextFuzzTest {

    static Stream<byte[]> known() {
        return Stream.of(
                        new TransactionId(7, 8, 9).toString(),
                        "00000000000000ff-zz-1z.12.D",
                        "3@member-3.example:7400",
                        "[2001:db8::1]:7400",
                        "localhost:1",
                        "500 ms",
                        "999999999d")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("known")
    @FuzzTest(maxDuration = "2m")
    void what_is_read_is_written_as_something_that_reads_the_same(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        same(text, TransactionId::parse);
        same(text, BranchId::parse);
        same(text, Member::parse);
        same(text, Address::parse);
        try {
            Durations.parseMillis(text);
        } catch (IllegalArgumentException e) {
            requireSaid(e);
        }
    }

    private static <T> void same(String text, Function<String, T> parse) {
        T read;
        try {
            read = parse.apply(text);
        } catch (IllegalArgumentException e) {
            requireSaid(e);
            return;
        }
        assertEquals(read, parse.apply(read.toString()));
    }

    /** Numbers that the library cannot read would say so in its words. */
    private static void requireSaid(IllegalArgumentException e) {
        if (e instanceof NumberFormatException || e.getMessage() == null) {
            throw e;
        }
    }
}
