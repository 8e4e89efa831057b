package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.Dtx;
import io.dtx.runtime.crash.Fork;
import io.dtx.runtime.crash.ThreeMembers;
import io.dtx.runtime.session.MembersLink;
import io.dtx.runtime.testdb.MariaDbFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.XADataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes with branches at MariaDB die, or are stopped: {@link AtomicKillTest} and {@link AtomicTakeoverTest} there. */
class MariaDbKillTest {

    private static final int DECIDED = 3;
    private static final int UNDECIDED = 2;

    @TempDir
    Path directory;

    private TestDatabase east;
    private TestDatabase west;

    @BeforeEach
    void databases() {
        east = MariaDbFixture.freshDatabase();
        west = MariaDbFixture.freshDatabase();
    }

    @Test
    void whatever_a_process_leaves_in_doubt_the_next_one_ends_as_the_log_says() throws Exception {
        Branches branches = new Branches(directory, east, west);
        for (String point : AtomicKillTest.ALL ? AtomicKillTest.POINTS : AtomicKillTest.SLICE) {
            branches.halt(point, Map.of());
            branches.audit(point);
        }
        if (AtomicKillTest.ALL) {
            AtomicKillTest.special(branches);
        }
        branches.report("killed, MariaDB");
    }

    @Test
    void a_process_that_dies_while_it_ends_what_another_left_is_no_different() throws Exception {
        Branches branches = new Branches(directory, east, west);
        for (String point : AtomicKillTest.ALL ? AtomicKillTest.RECOVERY : List.of("east:commit:after")) {
            branches.halt("RECORD_DECISION:after", Map.of());
            branches.halt(point, Map.of("phase", "start", "passes", "1"));
            branches.audit("killed in recovery at " + point);
        }
        branches.report("killed in recovery, MariaDB");
    }

    /** What stands between recovery and a branch that is attached to somebody else's connection. */
    enum Guard {
        GUARDED,
        TAKEN_OUT
    }

    /** With the guard taken out the decisions are dropped, and the branches rolled back: planted, to show that this would notice. */
    @ParameterizedTest
    @EnumSource
    void branches_that_are_attached_to_a_stopped_process_wait_with_their_decisions_until_it_is_killed(Guard guard)
            throws Exception {
        int kept = guard == Guard.GUARDED ? DECIDED : 0;
        Bank.account(east);
        Bank.account(west);
        Folder folder = new Folder(directory);
        try (ThreeMembers members = new ThreeMembers(directory);
                Dtx survivor = survivor(members, folder, guard);
                MembersLink observer = members.link()) {
            survivor.start();
            observer.open(new DeafListener());
            Fork owner = owner(members);
            owner.awaitLine("STUCK");
            long attached = 2L * (DECIDED + UNDECIDED);
            assertThat(Bank.inDoubt(east, west)).isEqualTo(attached);

            owner.signal("STOP");
            Bank.await(() -> ended(folder));
            assertThat(Bank.inDoubt(east, west)).as("nobody else can end them").isEqualTo(attached);
            Bank.await(() -> observer.decisions().size() <= kept);
            assertThat(observer.decisions()).as("nobody forgets them").hasSize(kept);

            owner.signal("KILL");
            Bank.await(() -> Bank.inDoubt(east, west) == 0);
            Bank.await(() -> observer.decisions().isEmpty());
            assertThat(owner.await().exit()).isEqualTo(137);
        }
        assertThat(Branches.postings(east))
                .hasSize(1 + kept)
                .isEqualTo(Branches.postings(west))
                .isSubsetOf(folder.noted());
        assertThat(folder.noted()).as("what the log has decided").hasSize(1 + DECIDED);
        System.out.printf(
                "ATOMIC %-32s %s  decided %d  undecided %d  branches %d  violations %d%n",
                "attached and killed, MariaDB", guard, DECIDED, UNDECIDED, 2 * (DECIDED + UNDECIDED), DECIDED - kept);
    }

    private Dtx survivor(ThreeMembers members, Folder folder, Guard guard) {
        Dtx.Builder builder = Dtx.builder().config("dtx.xa.recovery.interval", "100ms");
        members.configuration().forEach(builder::config);
        return builder.xaResource("east", xa(east, guard))
                .xaResource("west", xa(west, guard))
                .participant("folder", folder)
                .build();
    }

    private static XADataSource xa(TestDatabase database, Guard guard) {
        return guard == Guard.GUARDED ? Bank.xa(database) : WatchedXa.believing(Bank.xa(database));
    }

    private Fork owner(ThreeMembers members) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "url.east", east.url(),
                "url.west", west.url(),
                "user", east.user(),
                "password", east.password(),
                "first", "1",
                "before.commit", String.valueOf(DECIDED),
                "prepared", String.valueOf(UNDECIDED),
                "dtx.xa.parallel", "false"));
        settings.putAll(members.configuration());
        return Fork.start(Clerk.class, directory, settings);
    }

    /** The survivor has ended what is in doubt where nothing keeps it from that. */
    private static boolean ended(Folder folder) {
        try {
            return folder.inDoubt().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
