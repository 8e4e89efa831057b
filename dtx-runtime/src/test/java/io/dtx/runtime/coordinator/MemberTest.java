package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemberTest {

    private final Breaking log = new Breaking();
    private final Member member = new Member(log, Limits.DEFAULT, 2_000);

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    void a_member_that_cannot_serve_any_more_says_so_and_keeps_nobody_waiting() throws Exception {
        member.open(() -> {});
        assertThat(open("one").join()).extracting(Reply::kind).containsExactly(Reply.Kind.ACCEPTED);
        log.broken = true;

        CompletableFuture<List<Reply>> during = open("two");

        assertThat(member.stopped().get(10, TimeUnit.SECONDS)).isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> during.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(NotLeadingException.class);
        assertThatThrownBy(() -> open("three").get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(NotLeadingException.class);
        assertThat(member.leads()).isFalse();
    }

    private CompletableFuture<List<Reply>> open(String node) {
        return member.submit(new SessionBatch(
                0, 0, 0, List.of(new LogCommand.OpenSession(node.hashCode(), node, "shop", List.of()))));
    }

    private static final class Breaking extends ForwardingLog {
        volatile boolean broken;

        Breaking() {
            super(new MemoryLog());
        }

        @Override
        public CompletableFuture<Long> append(List<SessionBatch> batches) {
            if (broken) {
                throw new StackOverflowError("planted");
            }
            return super.append(batches);
        }
    }
}
