package io.dtx.runtime.atomic;

import io.dtx.OutcomeUnknownException;
import io.dtx.TransactionAbortedException;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.testdb.TestDatabase;
import io.dtx.spi.BranchId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;

/**
 * A process that posts into two databases and a folder over a replicated log, and gets stuck: first so many transactions are decided whose
 * branches do not commit, then some stop before their first commit, and some once both branches are prepared. It says {@code
 * STUCK}, and goes on when a file {@code continued} is there, unless it is killed. What it was answered it writes down.
 */
final class Clerk {

    private static final int THREADS = 8;

    private final Path directory;
    private final Map<String, String> settings;
    private final AtomicInteger nextNumber;
    private final AtomicInteger toStop = new AtomicInteger();
    private final AtomicBoolean released = new AtomicBoolean();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private volatile String stopAt = "";
    private volatile boolean deaf; // no branch commits
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    private Clerk(Map<String, String> settings) {
        this.directory = Path.of(settings.get("directory"));
        this.settings = settings;
        this.nextNumber = new AtomicInteger(number("first"));
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String each : arguments) {
            settings.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        new Clerk(settings).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Dtx.Builder builder = Dtx.builder();
        settings.forEach((key, value) -> {
            if (key.startsWith("dtx.")) {
                builder.config(key, value);
            }
        });
        try (Dtx dtx = builder.xaResource("east", watched("east"))
                .xaResource("west", watched("west"))
                .participant("folder", folder())
                .build()) {
            PostingService postings = dtx.create(
                    PostingService.class,
                    dtx.resource("east"),
                    dtx.resource("west"),
                    dtx.resource("folder", Folder.Notes.class));
            dtx.start();
            post(postings, 1);
            deaf = number("decided") > 0;
            post(postings, number("decided"));
            stop(postings, number("before.commit"), "east:commit:before");
            stop(postings, number("prepared"), "west:prepare:after");
            say("STUCK");
            Bank.await(() -> Files.exists(directory.resolve("continued")));
            released.set(true);
            callers.shutdown();
            if (!callers.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new AssertionError("callers have no answer");
            }
            post(postings, 1);
        }
    }

    private XADataSource watched(String name) {
        TestDatabase database =
                new TestDatabase(settings.get("url." + name), settings.get("user"), settings.get("password"));
        return WatchedXa.watch(name, Bank.xa(database), this::pass);
    }

    private Folder folder() throws IOException {
        return new Folder(directory) {
            @Override
            public void commit(BranchId branch, Integer number) throws IOException {
                if (deaf) {
                    throw new IOException("deaf");
                }
                super.commit(branch, number);
            }
        };
    }

    private void pass(String call) throws XAException {
        if (call.equals(stopAt) && toStop.getAndDecrement() > 0) {
            stopped.countDown();
            Bank.await(released::get);
        } else if (deaf && call.endsWith(":commit:before")) {
            throw new XAException(XAException.XAER_RMFAIL);
        }
    }

    /** Lets so many transactions end, a few at a time. */
    private void post(PostingService postings, int count) throws InterruptedException {
        ExecutorService some = Executors.newFixedThreadPool(THREADS);
        for (int i = 0; i < count; i++) {
            some.execute(() -> post(postings));
        }
        some.shutdown();
        if (!some.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new AssertionError("it takes too long");
        }
    }

    /** Lets so many transactions stop somewhere. */
    private void stop(PostingService postings, int count, String where) throws InterruptedException {
        stopped = new CountDownLatch(count);
        toStop.set(count);
        stopAt = where;
        for (int i = 0; i < count; i++) {
            callers.execute(() -> post(postings));
        }
        stopped.await();
        stopAt = "";
    }

    private void post(PostingService postings) {
        int number = nextNumber.getAndIncrement();
        String answer;
        try {
            postings.post(number);
            answer = "COMMITTED";
        } catch (TransactionAbortedException e) {
            answer = "ABORTED";
        } catch (OutcomeUnknownException e) {
            answer = "UNKNOWN";
        } catch (Exception e) {
            answer = "ABORTED"; // it did not come to the commit
        }
        try {
            String line = number + " " + answer + System.lineSeparator();
            Files.writeString(directory.resolve("told"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        say("TOLD " + number + " " + answer);
    }

    private int number(String setting) {
        return Integer.parseInt(settings.getOrDefault(setting, "0"));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
