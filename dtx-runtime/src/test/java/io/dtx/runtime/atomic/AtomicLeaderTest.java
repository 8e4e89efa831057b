package io.dtx.runtime.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.OutcomeUnknownException;
import io.dtx.Propagation;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.crash.ForkedMembers;
import io.dtx.runtime.session.MembersLink;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Eight tellers over three members in processes of their own, which are killed or stopped while all eight wait for a decision:
 * each is told one answer, and the databases hold what it says. {@code -Dcrash.all=true}: every fault, three times each.
 */
class AtomicLeaderTest {

    private static final boolean ALL = AtomicKillTest.ALL;
    private static final int TELLERS = 8;
    private static final int ROUNDS = ALL ? 3 : 1;
    private static final long TIMEOUT_MILLIS = 1_000;

    /** What is done to the members. */
    enum Fault {
        /** The decisions are sent to the leader, nobody else has them, and it dies: they are sent again. */
        LEADER_KILLED_BEFORE_OTHERS_KNOW,
        /** It dies at any time: some decisions are durable, and nobody has been told. */
        LEADER_KILLED,
        /** It stands still, another one leads meanwhile, and it wakes up with decisions that it has not passed on. */
        LEADER_STOPPED,
        /** Nobody decides for longer than the transactions may take. */
        ALL_STOPPED
    }

    @TempDir
    Path directory;

    private final Map<Integer, String> answers = new ConcurrentHashMap<>();
    private final Set<Thread> deciding = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger(1);
    private final AtomicBoolean enough = new AtomicBoolean();
    private final ExecutorService tellers = Executors.newFixedThreadPool(TELLERS);
    private TestDatabase east;
    private TestDatabase west;
    private ForkedMembers members;
    private MembersLink observer;
    private Dtx dtx;

    /** Makes a database of the kind that is tried. */
    TestDatabase freshDatabase() {
        return PostgresFixture.freshDatabase();
    }

    @BeforeEach
    void start() throws Exception {
        east = Bank.account(freshDatabase());
        west = Bank.account(freshDatabase());
        members = new ForkedMembers(directory);
        Dtx.Builder builder = Dtx.builder().config("dtx.xa.parallel", "false").config("dtx.xa.recovery.interval", "1s");
        members.configuration().forEach(builder::config);
        dtx = builder.xaResource("east", watched("east", east))
                .xaResource("west", watched("west", west))
                .build();
        dtx.start();
        observer = members.link();
        observer.open(new DeafListener());
    }

    private XADataSource watched(String name, TestDatabase database) {
        return WatchedXa.watch(name, Bank.xa(database), this::note);
    }

    /** Takes note of who waits for a decision. */
    private void note(String call) {
        if (call.equals("west:prepare:after")) {
            deciding.add(Thread.currentThread());
        } else if (call.endsWith(":commit:before") || call.endsWith(":rollback:before")) {
            deciding.remove(Thread.currentThread());
        }
    }

    @AfterEach
    void close() throws Exception {
        enough.set(true);
        tellers.shutdownNow();
        if (members != null) {
            if (observer != null) {
                observer.close();
                dtx.close();
            }
            members.close();
        }
    }

    static List<Fault> faults() {
        return ALL ? List.of(Fault.values()) : List.of(Fault.LEADER_KILLED_BEFORE_OTHERS_KNOW);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void decisions_that_are_on_their_way_have_one_answer(Fault fault) throws Exception {
        List<Future<?>> working = new ArrayList<>();
        for (int i = 0; i < TELLERS; i++) {
            working.add(tellers.submit(this::transferOnAndOn));
        }
        int onTheirWay = 0;
        for (int round = 0; round < ROUNDS; round++) {
            awaitMore();
            Bank.await(() -> members.leader() >= 0);
            onTheirWay += bring(fault, members.leader());
            awaitMore();
        }
        enough.set(true);
        for (Future<?> each : working) {
            each.get();
        }
        Bank.await(() -> Bank.inDoubt(east, west) == 0 && observer.decisions().isEmpty());

        Set<Integer> posted = Branches.postings(east);
        assertThat(posted).isEqualTo(Branches.postings(west)).containsAll(told("COMMITTED"));
        assertThat(told("ABORTED")).noneMatch(posted::contains);
        assertThat(onTheirWay).isPositive();
        Tally.add(ROUNDS, ROUNDS);
        System.out.printf(
                "ATOMIC %-32s trials %3d  told %4d  committed %4d  unknown %d  waiting for decisions %d  violations 0%n",
                fault, ROUNDS, answers.size(), posted.size(), told("UNKNOWN").size(), onTheirWay);
    }

    /** Returns how many tellers waited for a decision when the fault came. */
    private int bring(Fault fault, int leader) throws Exception {
        List<Integer> stopped = switch (fault) {
            case LEADER_KILLED_BEFORE_OTHERS_KNOW -> members.others(leader);
            case LEADER_KILLED -> List.of();
            case LEADER_STOPPED -> List.of(leader);
            case ALL_STOPPED -> List.of(0, 1, 2);
        };
        Bank.await(() -> !deciding.isEmpty());
        for (int each : stopped) {
            members.stop(each);
        }
        int waiting =
                fault == Fault.LEADER_KILLED || fault == Fault.LEADER_STOPPED ? deciding.size() : awaitAllWaiting();
        switch (fault) {
            case LEADER_KILLED_BEFORE_OTHERS_KNOW, LEADER_KILLED -> members.kill(leader);
            case LEADER_STOPPED -> awaitMore();
            case ALL_STOPPED -> awaitTimeout();
        }
        for (int each : stopped) {
            members.wakeUp(each);
        }
        if (fault == Fault.LEADER_KILLED_BEFORE_OTHERS_KNOW || fault == Fault.LEADER_KILLED) {
            members.start(leader);
        }
        return waiting;
    }

    private int awaitAllWaiting() {
        Bank.await(() -> deciding.size() == TELLERS);
        return TELLERS;
    }

    private static void awaitTimeout() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2 * TIMEOUT_MILLIS);
        Bank.await(() -> System.nanoTime() - end > 0);
    }

    /** Waits until each teller can have been answered twice. */
    private void awaitMore() {
        int before = told("COMMITTED").size();
        Bank.await(() -> told("COMMITTED").size() >= before + 2 * TELLERS);
    }

    private void transferOnAndOn() {
        while (!enough.get()) {
            int number = next.getAndIncrement();
            answers.put(number, transfer(number));
        }
    }

    private String transfer(int number) {
        try {
            dtx.gateway()
                    .<@Nullable Object, Exception>transaction(Bank.atomic(Propagation.REQUIRED, TIMEOUT_MILLIS), () -> {
                        PostingService.insert(dtx.resource("east"), number, -1);
                        PostingService.insert(dtx.resource("west"), number, 1);
                        return null;
                    });
            return "COMMITTED";
        } catch (OutcomeUnknownException e) {
            return "UNKNOWN";
        } catch (Exception e) {
            return "ABORTED"; // or it was not begun
        }
    }

    private Set<Integer> told(String answer) {
        return answers.entrySet().stream()
                .filter(each -> each.getValue().equals(answer))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
