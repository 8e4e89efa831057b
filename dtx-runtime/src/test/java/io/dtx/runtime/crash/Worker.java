package io.dtx.runtime.crash;

import io.dtx.runtime.testdb.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * The process that dies. It recovers, waits until nothing is open, judges what it finds, places orders, waits and judges again,
 * and closes; somewhere on this way something happens to it. Settings are arguments, {@code key=value}; what it does is printed.
 */
final class Worker {

    static final int HALTED = 77;
    private static final long QUIET_MILLIS = 10_000;

    private final Map<String, String> settings = new HashMap<>();
    private final Path directory;
    private final Points points = new Points();

    private Worker(String[] arguments) {
        for (String each : arguments) {
            int equals = each.indexOf('=');
            settings.put(each.substring(0, equals), each.substring(equals + 1));
        }
        directory = Path.of(settings.get("directory"));
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        new Worker(arguments).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Map<String, DataSource> databases = new LinkedHashMap<>();
        for (String each : Shop.RESOURCES) {
            TestDatabase database =
                    new TestDatabase(settings.get("url." + each), settings.get("user"), settings.get("password"));
            databases.put(each, WatchedDatabase.of(each, database.pool(16), points));
        }
        Shop.prepare(databases);
        Map<String, String> config = new HashMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith("dtx.")) {
                config.put(key, value);
            }
        });
        Shop shop = new Shop(directory, databases, config, new Effects(), log -> new WatchedLog(log, points));
        boolean atStart = "start".equals(settings.get("phase"));
        if (atStart) {
            arm(shop);
        }
        say("STARTING");
        shop.start();
        say("FOUND " + shop.open().size());
        say("QUIET " + shop.awaitQuiet(QUIET_MILLIS));
        judge(shop);
        if (!atStart) {
            arm(shop);
        }
        say("RUNNING");
        say("PLACED " + placeOrders(shop));
        say("QUIET " + shop.awaitQuiet(QUIET_MILLIS));
        judge(shop);
        shop.close();
        say("DONE");
    }

    /** Places orders, and returns how many milliseconds the slowest took. */
    private long placeOrders(Shop shop) throws IOException, InterruptedException {
        AtomicLong slowestNanos = new AtomicLong();
        AtomicInteger next = new AtomicInteger(shop.nextOrder());
        int end = next.get() + number("orders", 0);
        int threads = number("threads", 4);
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            callers.execute(() -> {
                for (int order = next.getAndIncrement(); order < end; order = next.getAndIncrement()) {
                    long begin = System.nanoTime();
                    shop.place(order);
                    slowestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
                }
            });
        }
        callers.shutdown();
        if (!callers.awaitTermination(10, TimeUnit.MINUTES)) {
            throw new AssertionError("the orders hang");
        }
        return TimeUnit.NANOSECONDS.toMillis(slowestNanos.get());
    }

    private static void judge(Shop shop) throws Exception {
        shop.judge(QUIET_MILLIS).forEach(each -> say("VIOLATION " + each.replaceAll("\\s+", " ")));
        Facts facts = shop.facts();
        say("JUDGED " + facts.transactions().size() + " transactions, "
                + facts.effects().size() + " effects");
    }

    private void arm(Shop shop) {
        for (String point : settings.getOrDefault("points", "").split(",")) {
            points.arm(point, number("passes", 0), label -> {
                say("REACHED " + label);
                switch (settings.get("event")) {
                    case "halt" -> Runtime.getRuntime().halt(HALTED);
                    case "lose" -> throw new SQLException("the connection was lost", "08006");
                    case "pause" -> pause(shop);
                    default -> throw new IllegalArgumentException(settings.get("event"));
                }
            });
        }
    }

    /** Waits until the parent has stopped and continued this process, and then a while longer, at most until all has ended. */
    private void pause(Shop shop) throws Exception {
        await(() -> Files.exists(directory.resolve("continued")), TimeUnit.MINUTES.toNanos(1));
        await(() -> shop.open().isEmpty(), TimeUnit.MILLISECONDS.toNanos(number("hold", 0)));
        say("GOES ON");
    }

    private static void await(Callable<Boolean> condition, long nanos) throws Exception {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0 && !condition.call()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private int number(String key, int otherwise) {
        return Integer.parseInt(settings.getOrDefault(key, String.valueOf(otherwise)));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
