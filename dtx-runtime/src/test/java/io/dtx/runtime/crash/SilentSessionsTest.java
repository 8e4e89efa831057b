package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.session.FaultyChannel;
import io.dtx.runtime.session.LyingAnswers;
import io.dtx.runtime.session.MemberService;
import io.dtx.runtime.session.MembersLink;
import io.dtx.runtime.testdb.H2Fixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several processes place orders through one member while answers are lost and their ways to the member are cut for longer than
 * their sessions last; what they left is undone by the others, and what they do when they are back is refused.
 */
class SilentSessionsTest {

    private static final long SESSION_MILLIS = 500;
    private static final long QUIET_MILLIS = 15_000;
    private static final long RUN_MILLIS = Long.getLong("crash.session.millis", 5_000);

    @TempDir
    Path directory;

    private final ExecutorService readers = Executors.newFixedThreadPool(4);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Member member = new Member(new MemoryLog(), Limits.DEFAULT, SESSION_MILLIS);
    private final MemberService service = new MemberService(member, readers);
    private final Map<String, DataSource> databases = new LinkedHashMap<>();
    private final List<Shop> shops = new ArrayList<>();
    private final List<FaultyChannel> channels = new ArrayList<>();
    private final AtomicInteger nextOrder = new AtomicInteger();
    private volatile boolean closing;

    @BeforeEach
    void start() throws Exception {
        for (String each : Shop.RESOURCES) {
            databases.put(each, H2Fixture.freshDatabase().pool(20));
        }
        Shop.prepare(databases);
        member.open(() -> {});
    }

    @AfterEach
    void stop() throws Exception {
        for (Shop each : shops) {
            each.close();
        }
        member.close();
        readers.shutdownNow();
        callers.shutdownNow();
    }

    @Test
    void no_order_is_half_done_and_every_caller_is_told_the_truth() throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            open("shop" + i);
        }
        shops.forEach(this::placeOrders);
        int cuts = 0;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RUN_MILLIS);
        while (System.nanoTime() - end < 0) {
            FaultyChannel unlucky = channels.get(random.nextInt(3));
            unlucky.losesEvery = 2 + random.nextInt(20);
            pause(random.nextInt(200));
            unlucky.cut = random.nextInt(3) > 0;
            cuts += unlucky.cut ? 1 : 0;
            pause(random.nextInt(3 * (int) SESSION_MILLIS));
            unlucky.cut = false;
            unlucky.losesEvery = 0;
        }
        endOrders();

        List<String> violations = judge();

        Facts facts = shops.get(0).facts();
        int left = member.openSessions().sessions().size();
        System.out.printf(
                "SESSIONS seed %d  cuts %d  answers lost %d  sessions left %d  transactions %d  effects %d%n",
                seed,
                cuts,
                channels.stream().mapToInt(each -> each.lost.get()).sum(),
                left,
                facts.transactions().size(),
                facts.effects().size());
        assertThat(violations).as("seed %d", seed).isEmpty();
        Tally.add(cuts, cuts);
        assertThat(cuts).isPositive();
        assertThat(facts.transactions()).hasSizeGreaterThan(10);
    }

    @Test
    void a_member_that_lies_about_decisions_is_found_out() throws Exception {
        open("shop0");
        channels.get(0).instead = LyingAnswers::aboutCommits;
        for (int order = 0; order < 3; order++) {
            shops.get(0).place(order);
        }
        open("shop1");
        shops.remove(0).close();

        assertThat(judge()).isNotEmpty();
    }

    private void open(String node) throws Exception {
        FaultyChannel channel = new FaultyChannel("m1", () -> service);
        channels.add(channel);
        Shop shop = Shop.over(
                new MembersLink(List.of(channel), SESSION_MILLIS, () -> {}), directory, databases, node, new Effects());
        shops.add(shop);
        shop.start();
    }

    private void placeOrders(Shop shop) {
        for (int i = 0; i < 2; i++) {
            callers.execute(() -> {
                while (!closing) {
                    shop.place(nextOrder.getAndIncrement());
                }
            });
        }
    }

    private void endOrders() throws InterruptedException {
        closing = true;
        callers.shutdown();
        assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    /** Judges once one process is left, for its session is the only one that may be active then. */
    private List<String> judge() throws Exception {
        while (shops.size() > 1) {
            shops.remove(1).close();
        }
        return shops.get(0).judge(QUIET_MILLIS);
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
