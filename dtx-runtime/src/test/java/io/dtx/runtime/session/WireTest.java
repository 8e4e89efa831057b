package io.dtx.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.MemberView;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Origin;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.SessionState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireTest {

    private static final TransactionId ID = new TransactionId(0x0123456789ABCDEFL, 300, 2);

    @Test
    void the_bytes_of_requests_are_these() {
        assertThat(hex(Wire.message(Wire.HELLO, out -> {}))).isEqualTo("01");
        assertThat(hex(Wire.batch(new SessionBatch(300, 7, 2, List.of(new LogCommand.Retry(ID))))))
                .isEqualTo("02" + "01" + "0000" + "01" + "ac02" + "07" + "02" + "01" + "0d0b" + "0123456789abcdef"
                        + "ac02" + "02");
        assertThat(hex(Wire.message(Wire.HEARTBEAT, out -> out.writeLong(300)))).isEqualTo("03ac02");
        assertThat(MemberService.heartbeat(new byte[] {3, (byte) 0xac, 2})).isEqualTo(300);
        assertThat(hex(Wire.message(Wire.TRANSACTION, out -> Wire.write(ID, out))))
                .isEqualTo("040123456789abcdefac0202");
        assertThat(hex(Wire.message(Wire.READ, out -> Wire.write(new Payload(300, 4), out))))
                .isEqualTo("08ac0204");
        assertThat(hex(Wire.message(Wire.ADD, out -> out.writeString("4@h:1")))).isEqualTo("0c" + "05" + "3440683a31");
        assertThat(List.of(Wire.ROSTER, Wire.ADD, Wire.REMOVE, Wire.TRANSFER, Wire.DECISIONS, Wire.PART))
                .containsExactly((byte) 11, (byte) 12, (byte) 13, (byte) 14, (byte) 15, (byte) 16);
    }

    @Test
    void what_a_member_knows_of_the_others_comes_out_as_it_went_in() {
        RosterView view = new RosterView(1, -2, "1@a:7", List.of("1@a:7", "2@b:8"), "2@b:8", false, 300, 1L << 40);

        byte[] bytes = Wire.message(Wire.OK, view::write);

        assertThat(RosterView.read(behindTag(bytes))).isEqualTo(view);
    }

    @Test
    void a_batch_comes_out_as_it_went_in() {
        SessionBatch batch = new SessionBatch(
                300,
                7,
                2,
                List.of(new LogCommand.Retry(ID), new LogCommand.Decide(ID, LogCommand.Outcome.ABORT, "late", 3)));

        byte[] bytes = Wire.batch(batch);

        assertThat(Wire.batch(ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice()))
                .isEqualTo(batch);
        assertThat(MemberService.heartbeat(bytes)).isZero();
    }

    @Test
    void every_reply_comes_out_as_it_went_in() {
        List<Reply> replies = new ArrayList<>();
        for (Reply.Kind kind : Reply.Kind.values()) {
            replies.add(new Reply(kind, null, 9, "why"));
            for (TransactionStatus status : TransactionStatus.values()) {
                replies.add(new Reply(kind, status, 0, ""));
            }
        }

        byte[] bytes = Wire.message(Wire.OK, out -> Wire.write(replies, out, Wire::write));

        assertThat(Wire.list(behindTag(bytes), Wire::reply)).isEqualTo(replies);
    }

    @Test
    void actions_come_out_as_they_went_in() {
        List<Action> actions = List.of(new Action(ID, 0, 1), new Action(ID, (5L << 32) | 1, 120));

        byte[] bytes = Wire.message(Wire.OK, out -> Wire.write(actions, out, Wire::write));

        assertThat(Wire.list(behindTag(bytes), Wire::action)).isEqualTo(actions);
    }

    @Test
    void the_bytes_of_what_a_member_sees_are_these() {
        MemberView view = new MemberView(
                0x0123456789ABCDEFL,
                true,
                4,
                300,
                List.of(SessionState.opened(
                        new LogCommand.OpenSession(5, "n1", "shop", List.of()), new Origin(0, 7, 0, 1, 2))),
                Map.of(TransactionStatus.PARKED, 3L),
                2);

        byte[] bytes = Wire.message(Wire.OK, out -> Inspection.write(view, out));

        assertThat(hex(Wire.message(Wire.STATUS, out -> {}))).isEqualTo("0a");
        assertThat(hex(bytes)).startsWith("01" + "0123456789abcdef" + "01" + "ac02" + "01");
        assertThat(hex(bytes)).endsWith("01" + "06" + "03" + "04" + "02");
        assertThat(Inspection.view(behindTag(bytes))).isEqualTo(view);
    }

    @Test
    void a_tag_of_a_later_version_is_named() {
        assertThatThrownBy(() -> Wire.reply(behindTag(new byte[] {1, 99, 0, 0, 0})))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageStartingWith("DTX-7042 a message has tag 99");
    }

    private static WireReader behindTag(byte[] message) {
        return new WireReader(ByteBuffer.wrap(message, 1, message.length - 1));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
