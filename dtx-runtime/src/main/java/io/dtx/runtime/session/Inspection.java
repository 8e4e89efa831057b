package io.dtx.runtime.session;

import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.MemberView;
import io.dtx.runtime.coordinator.StateCodec;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.log.WireWriter;
import io.dtx.runtime.protocol.SessionState;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks one member what it sees, whether it leads or not, and whether anybody does. */
public final class Inspection {

    private Inspection() {}

    /** Returns the member's answer; exceptionally when none has come within the time, or it does not know the question. */
    public static CompletableFuture<MemberView> of(MemberChannel channel, long timeoutMillis) {
        return channel.request(Wire.message(Wire.STATUS, out -> {}), timeoutMillis)
                .thenApply(bytes -> view(answered(bytes)));
    }

    /** Returns the fields of an answer; throws what it says if it is a no. */
    static WireReader answered(byte[] bytes) {
        ByteBuffer answer = ByteBuffer.wrap(bytes);
        byte status = answer.get();
        WireReader in = new WireReader(answer);
        if (status != Wire.OK) {
            throw new IllegalStateException(in.readString());
        }
        return in;
    }

    static void write(MemberView view, WireWriter out) {
        out.writeFixedLong(view.cluster());
        out.writeByte(view.leads() ? 1 : 0);
        out.writeLong(view.index());
        Wire.write(view.sessions(), out, (each, to) -> to.writeBytes(StateCodec.encode(each.withoutHosted())));
        Wire.write(List.copyOf(view.transactions().entrySet()), out, (each, to) -> {
            Wire.write(each.getKey(), to);
            to.writeLong(each.getValue());
        });
        out.writeLong(view.term());
        out.writeLong(view.takenOver());
    }

    static MemberView view(WireReader in) {
        long cluster = in.readFixedLong();
        boolean leads = in.readByte() == 1;
        long index = in.readLong();
        List<SessionState> sessions = Wire.list(in, each -> StateCodec.session(each.readBytes()));
        Map<TransactionStatus, Long> transactions = new EnumMap<>(TransactionStatus.class);
        Wire.list(in, each -> Map.entry(Wire.present(each), each.readLong()))
                .forEach(each -> transactions.put(each.getKey(), each.getValue()));
        long term = in.readLong();
        return new MemberView(cluster, leads, term, index, sessions, transactions, in.readLong());
    }
}
