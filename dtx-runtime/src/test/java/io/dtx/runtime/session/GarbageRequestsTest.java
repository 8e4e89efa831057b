package io.dtx.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.Client;
import io.dtx.runtime.net.ClusterIdentity;
import io.dtx.runtime.net.NetOptions;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.net.Service;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whatever bytes an application sends to a member, it gets an answer, and the member goes on as before. */
class GarbageRequestsTest {

    private static final long SEED = Long.getLong("dtx.session.seed", 20261121);
    private static final int REQUESTS = Integer.getInteger("dtx.session.garbage", 20_000);
    private static final TransactionId ID = new TransactionId(1, 2, 3);

    static final List<byte[]> SAMPLES = List.of(
            Wire.message(Wire.HELLO, out -> {}),
            Wire.batch(new SessionBatch(300, 7, 2, List.of(new LogCommand.Retry(ID)))),
            Wire.batch(new SessionBatch(0, 0, 0, List.of(new LogCommand.OpenSession(7, "n", "a", List.of("h"))))),
            Wire.message(Wire.HEARTBEAT, out -> out.writeLong(300)),
            Wire.message(Wire.TRANSACTION, out -> Wire.write(ID, out)),
            Wire.message(Wire.TRANSACTIONS, out -> {
                out.writeByte(1);
                Wire.write(ID, out);
            }),
            Wire.message(Wire.SESSIONS, out -> {}),
            Wire.message(Wire.PENDING, out -> {
                out.writeLong(300);
                out.writeInt(4);
            }),
            Wire.message(Wire.READ, out -> Wire.write(new Payload(1, 0), out)),
            Wire.message(Wire.BARRIER, out -> {}),
            Wire.message(Wire.DECISIONS, out -> {
                out.writeByte(1);
                Wire.write(ID, out);
            }),
            Wire.message(Wire.PART, out -> {
                Wire.write(ID, out);
                out.writeInt(7);
            }));

    @Test
    void any_bytes_are_answered() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(2);
        Random random = new Random(SEED);
        int done = 0;
        try (Member member = new Member(new MemoryLog(), Limits.DEFAULT, 60_000)) {
            member.open(() -> {});
            MemberService service = new MemberService(member, readers);
            for (int i = 0; i < REQUESTS; i++) {
                byte[] request = mutated(random);
                assertThat(MemberService.heartbeat(request))
                        .as("request %d of seed %d", i, SEED)
                        .isNotNull();
                byte[] answer = service.answer(request).get(20, TimeUnit.SECONDS);
                assertThat(answer[0]).isIn(Wire.OK, Wire.NOT_LEADING, Wire.REFUSED);
                done += answer[0] == Wire.OK ? 1 : 0;
            }
            System.out.println("garbage: seed " + SEED + ", " + REQUESTS + " requests, " + done + " understood");
            assertThat(done).isBetween(REQUESTS / 20, REQUESTS - REQUESTS / 20);
        } finally {
            readers.shutdownNow();
        }
    }

    private static byte[] mutated(Random random) {
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] request = SAMPLES.get(random.nextInt(SAMPLES.size())).clone();
        for (int i = random.nextInt(4); i > 0 && request.length > 0; i--) {
            int at = random.nextInt(request.length);
            switch (random.nextInt(3)) {
                case 0 -> request[at] = (byte) random.nextInt(256);
                case 1 -> request[at] ^= (byte) (1 << random.nextInt(8));
                default -> request = Arrays.copyOf(request, at);
            }
        }
        return request;
    }

    @Test
    void heartbeats_of_sessions_that_do_not_exist_leave_no_trace() throws Exception {
        ClusterIdentity cluster = new ClusterIdentity(0);
        try (Network members = Network.open(NetOptions.plaintext(Role.MEMBER), cluster);
                MemberPort port = new MemberPort(
                        new Member(new MemoryLog(), Limits.DEFAULT, 60_000),
                        members,
                        cluster,
                        new Address("127.0.0.1", 0),
                        new NoRoster(),
                        8,
                        Map.of());
                Network application = Network.open(NetOptions.plaintext(Role.APPLICATION), new ClusterIdentity(0));
                Client client = application.client()) {
            for (int i = 1; i <= 1_000; i++) {
                long nobody = i;
                byte[] answer = client.request(
                                new Address("127.0.0.1", port.port()),
                                Service.SESSION,
                                Wire.message(Wire.HEARTBEAT, out -> out.writeLong(nobody)),
                                Duration.ofSeconds(20))
                        .get();
                assertThat(answer).startsWith(Wire.OK, 0);
            }
            assertThat(port.sessions()).isZero();
        }
    }
}
