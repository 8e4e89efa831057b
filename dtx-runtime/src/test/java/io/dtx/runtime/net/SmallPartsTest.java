package io.dtx.runtime.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Addresses, text from strangers, and what is said about them. */
class SmallPartsTest {

    @Test
    void addresses_are_read_as_they_are_written() {
        for (String each : List.of("db1.example.org:7700", "10.0.0.1:1", "[::1]:65535", "localhost:0")) {
            assertEquals(each, Address.parse(each).toString());
        }
        assertEquals(new Address("2001:db8::1", 7700), Address.parse("[2001:db8::1]:7700"));
    }

    @Test
    void what_is_no_address_is_refused_with_an_example() {
        Stream.of(
                        "",
                        "host",
                        ":1",
                        "host:",
                        "host:x",
                        "host:65536",
                        "::1:7",
                        "[::1]",
                        "a b:1",
                        "a\n:1",
                        "h:-1",
                        "a/b:1")
                .forEach(each -> assertThat(assertThrows(IllegalArgumentException.class, () -> Address.parse(each)))
                        .as(each)
                        .hasMessageStartingWith("DTX-5301 ")
                        .hasMessageContaining("[::1]:port")
                        .message()
                        .doesNotContain("\n"));
    }

    @Test
    void text_from_strangers_is_one_visible_line_of_bounded_length() {
        assertEquals("a?b??c", Text.visible("a\nb\r\u001Bc"));
        assertEquals("x?y", Text.visible("x\u202Ey"));
        assertEquals("Grüße", Text.visible("Grüße"));
        assertThat(Text.visible("z".repeat(10_000))).hasSize(501);
    }

    @Test
    void the_same_complaint_is_made_once_in_a_period_and_then_with_a_count() {
        AtomicLong clock = new AtomicLong();
        Complaints complaints = new Complaints(clock::get);
        try (Logged logged = new Logged()) {
            for (int i = 0; i < 100; i++) {
                complaints.about("10.0.0.1", new Refusal(5320, "too large"));
            }
            assertThat(logged.lines()).containsExactly("DTX-5320 of 10.0.0.1: too large");
            complaints.about("10.0.0.1", new Refusal(5321, "other"));
            complaints.about("10.0.0.2", new Refusal(5320, "too large"));
            assertThat(logged.lines()).hasSize(3);
            clock.addAndGet(Duration.ofMinutes(1).toNanos());
            complaints.about("10.0.0.1", new Refusal(5320, "too large"));
            assertThat(logged.lines().get(3)).endsWith("too large (and 99 times since it was last said)");
        }
    }

    @Test
    void many_strangers_share_one_complaint() {
        AtomicLong clock = new AtomicLong();
        Complaints complaints = new Complaints(clock::get);
        try (Logged logged = new Logged()) {
            for (int i = 0; i < 100_000; i++) {
                complaints.about("2001:db8::" + i, new Refusal(5310, "not ours"));
            }
            assertThat(logged.lines()).hasSizeLessThan(300);
        }
    }

    @Test
    void names_of_certificates_and_arguments_are_checked() {
        assertThrows(
                IllegalArgumentException.class,
                () -> DevelopmentCa.main(
                        new String[] {TestCa.of(Role.MEMBER).key().getParent().toString(), "x=emperor"}));
        assertThrows(
                IllegalArgumentException.class,
                () -> DevelopmentCa.in(TestCa.of(Role.MEMBER).key().getParent()).issue("../x", Role.MEMBER, List.of()));
    }
}
