package io.dtx.runtime.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of fault that a campaign brings.
 *
 * @param name what people call it
 * @param share of the time, compared with the others
 * @param tests which bring it, see {@link Round#main}
 * @param settings system properties of a round; {@code $SEED} stands for its seed
 * @param complete system properties of a round that tries out all that there is, however long that takes
 * @param clock whether the clock of the round and all of its processes jumps
 */
record RealFault(
        String name,
        int share,
        List<String> tests,
        Map<String, String> settings,
        Map<String, String> complete,
        boolean clock) {

    private static final String RUNTIME = "io.dtx.runtime.";

    /** All there are; settings make rounds that take some ten seconds on an idle machine. */
    static List<RealFault> all() {
        return List.of(
                fault(
                                "kill -9 of a process that appends",
                                6,
                                "dtx.log.kills=25 dtx.log.kill-after=60 dtx.log.seed=$SEED")
                        .by("log.file.KillTest"),
                fault("kill -9 of an application under load", 6, "crash.kills=12 crash.seed=$SEED")
                        .by("crash.KillUnderLoadTest"),
                fault(
                                "kill -9 of members, one and all, under load",
                                6,
                                "dtx.raft.kills=12 dtx.raft.pauses=0 dtx.raft.seed=$SEED")
                        .by("log.raft.MemberKillTest"),
                fault("kill -9 of a database server under load", 2, "").by("crash.DatabaseKilledTest"),
                fault("a process halts at a point of a saga", 4, "")
                        .by("crash.KillMatrixTest")
                        .completeWith("crash.all=true"),
                fault("a process halts at a point of two-phase commit", 2, "")
                        .by("atomic.AtomicKillTest")
                        .completeWith("crash.all=true"),
                fault("power cut of an ext4 file system", 4, "dtx.log.power-cuts=60 dtx.log.seed=$SEED")
                        .by(
                                "log.file.PowerCutTest#nothing_that_was_acknowledged_before_the_power_of_ext4_went_is_lost"),
                fault("power cut of an xfs file system", 2, "dtx.log.power-cuts=60 dtx.log.seed=$SEED")
                        .by("log.file.PowerCutTest#nothing_that_was_acknowledged_before_the_power_of_xfs_went_is_lost"),
                fault("power cut that leaves any part of the sectors", 4, "dtx.log.fault.seeds=2 dtx.log.seed=$SEED")
                        .by(
                                "log.file.DiskFaultTest#a_power_cut_at_any_operation_leaves_a_log_that_starts_with_all_that_was_acknowledged")
                        .by("log.file.RecordStoreFaultTest#a_power_cut_leaves_what_was_before_the_step_or_after_it"),
                fault("write or fsync fails, at every call", 6, "dtx.log.fault.seeds=2 dtx.log.seed=$SEED")
                        .by(
                                "log.file.DiskFaultTest#an_error_of_any_operation_stops_the_log_and_loses_nothing_that_was_acknowledged,a_short_write_is_continued")
                        .by(
                                "log.file.RecordStoreFaultTest#an_error_loses_nothing_that_was_acknowledged,a_short_write_is_continued"),
                fault(
                                "write or fsync of a member fails under load",
                                4,
                                "dtx.raft.disk.points=1 dtx.raft.disk.seed=$SEED")
                        .by("log.raft.MemberDiskTest"),
                fault("corruption of a log's files", 4, "")
                        .by("log.file.DamageTest")
                        .completeWith("dtx.log.damage.blank-step=1"),
                fault("corruption of a member's files", 4, "")
                        .by("log.raft.MemberDamageTest")
                        .completeWith(
                                "dtx.raft.damage.step=1 dtx.raft.damage.record-step=1 dtx.raft.damage.blank-step=41"),
                fault(
                                "full disk",
                                1,
                                "dtx.log.full-disks=40 dtx.raft.full-disks=4 dtx.log.seed=$SEED dtx.raft.seed=$SEED")
                        .by("log.file.FullDiskTest")
                        .by("log.raft.MemberFullDiskTest"),
                fault("hung disk", 2, "dtx.log.hung-disks=30 dtx.log.seed=$SEED")
                        .by("log.file.HungDiskTest"),
                fault("SIGSTOP of an application, and it wakes up late", 4, "")
                        .by("crash.PauseTest")
                        .by("atomic.AtomicPauseTest")
                        .completeWith("crash.all=true"),
                fault(
                                "SIGSTOP of a leader, and it wakes up late",
                                3,
                                "dtx.raft.kills=0 dtx.raft.pauses=5 dtx.raft.seed=$SEED")
                        .by("log.raft.MemberKillTest"),
                fault("slow database", 3, "crash.slow=6 crash.seed=$SEED").by("crash.SlowDatabaseTest"),
                fault("networks of members cut", 5, "dtx.raft.partitions=9 dtx.raft.seed=$SEED")
                        .by("log.raft.PartitionedProcessesTest"),
                fault(
                                "members isolated, deaf, mute, slow, restarted",
                                4,
                                "dtx.raft.fault.seconds=12 dtx.raft.fault.healed=10 dtx.raft.fault.seed=$SEED")
                        .by("log.raft.RaftLogOfThreeFaultTest#nothing_is_lost_stale_or_different_under_faults"),
                fault("applications cut off from their members", 3, "crash.seed=$SEED")
                        .by("crash.SilentSessionsTest"),
                fault(
                                "clock jumps, with kill -9 of members",
                                3,
                                "dtx.raft.kills=6 dtx.raft.pauses=1 dtx.raft.seed=$SEED")
                        .by("log.raft.MemberKillTest")
                        .whileTheClockJumps(),
                fault("clock jumps, with kill -9 of applications", 3, "crash.kills=6 crash.seed=$SEED")
                        .by("crash.KillUnderLoadTest")
                        .whileTheClockJumps());
    }

    private static RealFault fault(String name, int share, String settings) {
        return new RealFault(name, share, List.of(), properties(settings), Map.of(), false);
    }

    private RealFault by(String test) {
        List<String> all =
                Stream.concat(tests.stream(), Stream.of(RUNTIME + test)).toList();
        return new RealFault(name, share, all, settings, complete, clock);
    }

    private RealFault completeWith(String properties) {
        return new RealFault(name, share, tests, settings, properties(properties), clock);
    }

    private RealFault whileTheClockJumps() {
        return new RealFault(name, share, tests, settings, complete, true);
    }

    private static Map<String, String> properties(String text) {
        return Arrays.stream(text.split(" "))
                .filter(each -> !each.isEmpty())
                .map(each -> each.split("="))
                .collect(Collectors.toMap(each -> each[0], each -> each[1]));
    }

    /** Returns why it cannot be brought here, as far as that is known beforehand; null if it can. */
    @Nullable
    String missing() {
        return clock && !JumpingClock.isPossible() ? "it takes Linux and a C compiler, cc" : null;
    }

    /** Returns the arguments of the JVM that is a round. */
    List<String> arguments(long seed, boolean whole) {
        Map<String, String> properties = new TreeMap<>(settings);
        properties.putAll(whole ? complete : Map.of());
        List<String> arguments = new ArrayList<>();
        properties.forEach(
                (key, value) -> arguments.add("-D" + key + "=" + value.replace("$SEED", Long.toString(seed))));
        arguments.add(Round.class.getName());
        arguments.addAll(tests);
        return arguments;
    }
}
