package io.dtx.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.log.MemoryLog;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What applications ask a member. */
class RequestFuzzTest {

    static Stream<byte[]> known() {
        return GarbageRequestsTest.SAMPLES.stream();
    }

    @MethodSource("known")
    @FuzzTest(maxDuration = "2m")
    void any_bytes_are_answered(byte[] bytes) throws Exception {
        try (Member member = new Member(new MemoryLog(), Limits.DEFAULT, 60_000)) {
            member.open(() -> {});
            MemberService.heartbeat(bytes);
            byte[] answer =
                    new MemberService(member, Runnable::run).answer(bytes).get(20, TimeUnit.SECONDS);
            assertThat(answer[0]).isIn(Wire.OK, Wire.NOT_LEADING, Wire.REFUSED);
        }
    }
}
