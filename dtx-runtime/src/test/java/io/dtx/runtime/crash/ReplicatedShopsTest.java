package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.testdb.H2Fixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of an application place orders through three members, which are restarted one after the other: no order fails because
 * of that.
 */
class ReplicatedShopsTest {

    private static final long QUIET_MILLIS = 20_000;
    private static final int ROUNDS = Integer.getInteger("crash.member.rounds", 1);
    private static final int MEMBERS = 3;

    @TempDir
    Path directory;

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Map<String, DataSource> databases = new LinkedHashMap<>();
    private final List<Shop> shops = new ArrayList<>();
    private @Nullable ThreeMembers opened;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger nextOrder = new AtomicInteger();
    private final AtomicLong lastCommit = new AtomicLong(System.nanoTime());
    private final AtomicLong worstStall = new AtomicLong();
    private volatile boolean closing;

    @BeforeEach
    void start() throws Exception {
        for (String each : Shop.RESOURCES) {
            databases.put(each, H2Fixture.freshDatabase().pool(20));
        }
        Shop.prepare(databases);
        opened = new ThreeMembers(directory);
    }

    @AfterEach
    void stop() throws Exception {
        closing = true;
        callers.shutdown();
        for (Shop each : shops) {
            each.close();
        }
        members().close();
        callers.shutdownNow();
    }

    @Test
    void orders_go_on_while_members_go_and_come_back() throws Exception {
        for (int i = 0; i < 2; i++) {
            Shop shop = shop("shop" + i);
            shops.add(shop);
            shop.start();
            placeOrders(shop);
        }
        awaitCommits(5);
        int leaders = 0;
        for (int i = 0; i < ROUNDS * MEMBERS; i++) {
            await(() -> members().leader() >= 0);
            int next = i % MEMBERS;
            leaders += members().leader() == next ? 1 : 0;
            members().close(next);
            awaitCommits(5);
            members().open(next);
            awaitCommits(5);
        }
        closing = true;
        callers.shutdown();
        assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        shops.remove(1).close();

        List<String> violations = shops.get(0).judge(QUIET_MILLIS);

        Facts facts = shops.get(0).facts();
        System.out.printf(
                "REPLICATED members restarted %d, leaders %d of them  transactions %d  effects %d  worst stall %d ms%n",
                ROUNDS * MEMBERS,
                leaders,
                facts.transactions().size(),
                facts.effects().size(),
                TimeUnit.NANOSECONDS.toMillis(worstStall.get()));
        assertThat(violations).isEmpty();
        assertThat(failures).as("orders that failed, and not by their own").isEmpty();
    }

    private ThreeMembers members() {
        return Objects.requireNonNull(opened);
    }

    private Shop shop(String node) throws IOException {
        return Shop.over(members().link(), directory, databases, node, new Effects());
    }

    private void placeOrders(Shop shop) {
        for (int i = 0; i < 2; i++) {
            callers.execute(() -> {
                while (!closing) {
                    int order = nextOrder.getAndIncrement();
                    Throwable failure = shop.place(order);
                    if (failure != null && !Orders.isRefused(order) && !Orders.isRegretted(order)) {
                        failures.add(order + ": " + failure);
                    }
                    if (failure == null) {
                        long now = System.nanoTime();
                        worstStall.accumulateAndGet(now - lastCommit.getAndSet(now), Math::max);
                        commits.incrementAndGet();
                    }
                }
            });
        }
    }

    private final AtomicInteger commits = new AtomicInteger();

    private void awaitCommits(int more) {
        int before = commits.get();
        await(() -> commits.get() >= before + more);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within a minute");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
