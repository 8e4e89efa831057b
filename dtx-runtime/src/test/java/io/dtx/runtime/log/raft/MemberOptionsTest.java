package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemberOptionsTest {

    @Test
    void a_leader_waits_longer_for_answers_than_the_others_wait_for_a_silent_leader() {
        MemberOptions options = new MemberOptions(RaftSettings.in(Path.of("none")), null, null, null);

        assertThat(options.getLeaderLeaseTimeoutMs()).isEqualTo(2 * options.getElectionTimeoutMs());
    }
}
