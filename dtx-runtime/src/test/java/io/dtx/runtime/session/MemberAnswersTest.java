package io.dtx.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.spi.RetrySchedule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a member answers where it must not answer everything: too much at once, too many, or somebody else's. */
class MemberAnswersTest {

    private static final int SESSIONS_MAX = 2;
    private static final int STEPS = 2_500;

    private final ExecutorService readers = Executors.newFixedThreadPool(2);
    private final Member member = new Member(new MemoryLog(), Limits.DEFAULT, 60_000);
    private final MemberService service = new MemberService(member, readers, SESSIONS_MAX, List::of);
    private final AtomicInteger parts = new AtomicInteger();
    private final FaultyChannel channel = new FaultyChannel("m1", () -> service);
    private final MembersLink link = new MembersLink(List.of(channel), 60_000, () -> {});
    private long session;
    private long next = 1;

    @BeforeEach
    void open() {
        member.open(() -> {});
        session = opened("shop", 1);
        channel.instead = request -> {
            parts.addAndGet(request[0] == Wire.PART ? 1 : 0);
            return null;
        };
    }

    @AfterEach
    void close() {
        link.close();
        member.close();
        readers.shutdownNow();
    }

    @Test
    void what_a_member_sees_is_not_counted_on_the_thread_that_brings_the_question() {
        List<Runnable> reading = new ArrayList<>();
        byte[] question = Wire.message(Wire.STATUS, out -> {});

        CompletableFuture<byte[]> answer = new MemberService(member, reading::add).answer(question);

        assertThat(answer).isNotDone();
        reading.forEach(Runnable::run);
        assertThat(answer.join()[0]).isEqualTo(Wire.OK);
    }

    @Test
    void a_transaction_larger_than_a_frame_is_read_whole_and_so_are_those_beside_it() {
        TransactionId small = begun();
        TransactionId large = begun();
        for (int call = 1; call <= STEPS; call += 250) {
            List<LogCommand> commands = new ArrayList<>();
            for (int i = call; i < call + 250; i++) {
                long step = StepNumber.of(i, 1);
                commands.add(new LogCommand.StartStep(
                        large, step, "Desk.call", null, null, false, true, 1, RetrySchedule.COMPENSATION, 7, null));
                commands.add(new LogCommand.FailStep(large, step, false, "x".repeat(500)));
            }
            submit(commands);
        }
        TransactionId last = begun();

        List<TransactionState> all = link.transactions();
        TransactionState read = link.transaction(large);

        assertThat(all).extracting(TransactionState::id).containsExactly(small, large, last);
        assertThat(all.get(1).steps()).hasSize(STEPS);
        assertThat(read).isEqualTo(all.get(1));
        assertThat(parts.get()).as("parts").isGreaterThan(2 * 2);
        assertThat(link.transaction(new TransactionId(1, 2, 3))).isNull();
        System.out.println("a transaction of " + STEPS + " steps was read twice in " + parts + " parts");
    }

    @Test
    void a_transaction_that_changes_while_it_is_read_is_read_again() {
        TransactionId large = begun();
        AtomicInteger changes = new AtomicInteger();
        List<LogCommand> commands = new ArrayList<>();
        for (int i = 1; i <= STEPS; i++) {
            commands.add(failed(large, i));
            commands.add(new LogCommand.FailStep(large, StepNumber.of(i, 1), false, "x".repeat(500)));
            if (commands.size() >= 500) {
                submit(commands);
                commands = new ArrayList<>();
            }
        }
        channel.instead = request -> {
            boolean part = request[0] == Wire.PART && parts.incrementAndGet() == 2;
            if (part) {
                changes.incrementAndGet();
                submit(List.of(failed(large, STEPS + 1)));
            }
            return null;
        };

        TransactionState read = link.transaction(large);

        assertThat(changes.get()).isEqualTo(1);
        assertThat(read).isNotNull();
        assertThat(read.steps()).hasSize(STEPS + 1);
    }

    @Test
    void decisions_are_asked_for_without_the_other_transactions() {
        begun();
        TransactionId decided = new TransactionId(member.cluster(), session, next);
        submit(List.of(new LogCommand.RecordDecision(decided, "uid", 1, new byte[] {7})));
        begun();
        AtomicInteger pages = new AtomicInteger();
        channel.instead = request -> {
            pages.addAndGet(request[0] == Wire.TRANSACTIONS ? 1 : 0);
            return null;
        };

        assertThat(link.decisions()).extracting(TransactionState::id).containsExactly(decided);
        assertThat(pages.get()).isZero();
        submit(List.of(new LogCommand.ForgetDecision(decided)));
        assertThat(link.decisions()).isEmpty();
        assertThat(link.transactions()).hasSize(3);
    }

    @Test
    void an_application_has_so_many_sessions_and_others_have_theirs() {
        byte[] second = opening("shop", 2);
        assertThat(service.answer(second).join()[0]).isEqualTo(Wire.OK);
        assertThat(rejection(service.answer(opening("shop", 3)).join()))
                .contains("DTX-7053 application shop has 2 sessions open", "dtx.application.sessions.max");
        assertThat(service.answer(second).join()[0]).as("asked again").isEqualTo(Wire.OK);
        assertThat(opened("orders", 4)).isPositive();
        submit(List.of(new LogCommand.CloseSession()));
        assertThat(opened("shop", 5)).isPositive();
    }

    @Test
    void nobody_speaks_for_an_application_that_is_not_his() {
        long orders = opened("orders", 9);
        byte[] heartbeat = Wire.message(Wire.HEARTBEAT, out -> out.writeLong(session));
        byte[] pending = Wire.message(Wire.PENDING, out -> {
            out.writeLong(session);
            out.writeInt(1);
        });
        byte[] close = Wire.batch(new SessionBatch(session, next, 1, List.of(new LogCommand.CloseSession())));

        assertThat(rejection(
                        service.answer(opening("shop", 3), "orders"::equals).join()))
                .contains("DTX-7052", "URI:dtx:application:shop");
        for (byte[] each : List.of(heartbeat, pending, close)) {
            assertThat(refusal(service.answer(each, "orders"::equals).join()))
                    .contains("DTX-7052", "speak for application shop", "URI:dtx:application:shop");
            assertThat(service.answer(each, MemberService.OPERATOR::equals).join()[0])
                    .isEqualTo(Wire.REFUSED);
        }
        assertThat(member.openSessions().contains(session)).isTrue();
        assertThat(service.answer(heartbeat, "shop"::equals).join()[0]).isEqualTo(Wire.OK);
        byte[] other = Wire.message(Wire.HEARTBEAT, out -> out.writeLong(orders));
        assertThat(service.answer(other, "orders"::equals).join()[0]).isEqualTo(Wire.OK);
        byte[] nobodys = Wire.message(Wire.HEARTBEAT, out -> out.writeLong(4711));
        assertThat(service.answer(nobodys, "orders"::equals).join()).startsWith(Wire.OK, 0);
    }

    private static LogCommand failed(TransactionId id, int call) {
        return new LogCommand.StartStep(
                id,
                StepNumber.of(call, 1),
                "Desk.call",
                null,
                null,
                false,
                true,
                1,
                RetrySchedule.COMPENSATION,
                7,
                null);
    }

    private TransactionId begun() {
        TransactionId id = new TransactionId(member.cluster(), session, next);
        submit(List.of(new LogCommand.Begin(id, "order", Recovery.BACKWARD, 600_000, null)));
        return id;
    }

    private void submit(List<LogCommand> commands) {
        List<Reply> replies =
                member.submit(new SessionBatch(session, next, 1, commands)).join();
        next += commands.size();
        assertThat(replies).allMatch(each -> each.is(Reply.Kind.ACCEPTED), "accepted");
    }

    private long opened(String application, long nonce) {
        byte[] answer = service.answer(opening(application, nonce)).join();
        assertThat(answer[0]).isEqualTo(Wire.OK);
        return member.openSessions().sessions().stream()
                .filter(each -> each.nonce() == nonce)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static byte[] opening(String application, long nonce) {
        return Wire.batch(new SessionBatch(
                0, 0, 0, List.of(new LogCommand.OpenSession(nonce, "n" + nonce, application, List.of()))));
    }

    private static String rejection(byte[] answer) {
        List<Reply> replies = Wire.list(new WireReader(ByteBuffer.wrap(answer, 1, answer.length - 1)), Wire::reply);
        assertThat(answer[0]).isEqualTo(Wire.OK);
        assertThat(replies).singleElement().matches(each -> each.is(Reply.Kind.REJECTED), "rejected");
        return replies.get(0).code();
    }

    private static String refusal(byte[] answer) {
        assertThat(answer[0]).isEqualTo(Wire.REFUSED);
        return new String(answer, StandardCharsets.UTF_8);
    }
}
