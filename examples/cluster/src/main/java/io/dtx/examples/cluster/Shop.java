package io.dtx.examples.cluster;

import io.dtx.OutcomeUnknownException;
import io.dtx.TransactionContext;
import io.dtx.cdi.DtxExtension;
import io.dtx.cdi.Guarded;
import io.dtx.examples.cluster.Journal.Word;
import io.dtx.examples.quickstart.OrderService;
import io.dtx.examples.quickstart.PaymentService;
import io.dtx.examples.quickstart.RejectedException;
import io.dtx.examples.quickstart.ShippingService;
import io.dtx.examples.quickstart.StockService;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of the application: the quickstart's services behind a till that takes orders at a steady rate, however long they
 * take, until its standard input ends.
 */
final class Shop {
    private static final int THREADS = 16;
    private static final int WAITING = 200;

    private final Dtx dtx;
    private final OrderService service;
    private final Journal journal;
    private volatile boolean closes;

    private Shop(SeContainer container, Journal journal) {
        this.dtx = container.select(Dtx.class).get();
        this.service = container.select(OrderService.class).get();
        this.journal = journal;
    }

    /** Takes the journal's path, the number before the first order's, and how many orders come in a second. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.jboss.logging.provider", "slf4j");
        try (Journal journal = new Journal(Path.of(arguments[0]));
                SeContainer container = container()) {
            new Shop(container, journal).run(Long.parseLong(arguments[1]), Double.parseDouble(arguments[2]));
        }
        System.exit(0);
    }

    /** The quickstart's services, and not its databases. */
    private static SeContainer container() {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addPackages(Guarded.class)
                .addExtensions(new DtxExtension(), new Resources())
                .addBeanClasses(OrderService.class, StockService.class, PaymentService.class, ShippingService.class)
                .initialize();
    }

    private void run(long before, double rate) throws InterruptedException {
        Thread end = new Thread(this::awaitEnd, "end");
        end.setDaemon(true);
        end.start();
        ThreadPoolExecutor tills = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                new ThreadPoolExecutor.DiscardPolicy()); // the queue is out of the door: who comes then goes away
        long start = System.nanoTime();
        for (long i = 1; !closes; i++) {
            long order = before + i;
            long due = start + (long) (i * TimeUnit.SECONDS.toNanos(1) / rate);
            while (!closes && System.nanoTime() - due < 0) {
                LockSupport.parkNanos(Math.min(due - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(100)));
            }
            tills.execute(() -> place(order));
        }
        tills.shutdown();
        tills.awaitTermination(1, TimeUnit.DAYS);
    }

    private void place(long order) {
        AtomicReference<String> id = new AtomicReference<>("-");
        try {
            journal.write(Word.TAKEN, order, "-");
            Word answer = answer(order, id);
            journal.write(answer, order, Objects.requireNonNull(id.get()));
        } catch (IOException e) {
            System.err.println("order " + order + " cannot be journaled: " + e);
            Runtime.getRuntime().halt(1);
        }
    }

    private Word answer(long order, AtomicReference<String> id) {
        try {
            dtx.call("order", () -> {
                String transaction = TransactionContext.current().id().toString();
                id.set(transaction);
                journal.write(Word.BEGUN, order, transaction);
                return service.place(Orders.number(order));
            });
            return Word.COMMITTED;
        } catch (OutcomeUnknownException e) {
            System.err.println("order " + order + ": " + e);
            return Word.UNKNOWN;
        } catch (RejectedException e) {
            return Word.REFUSED; // an answer like any other
        } catch (Exception e) {
            System.err.println("order " + order + ": " + e);
            return Word.REFUSED; // whatever it is that leaves the method: nothing of the order stays
        }
    }

    private void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                continue; // nothing that is said to it matters
            }
        } catch (IOException e) {
            System.err.println("standard input: " + e);
        }
        closes = true;
    }
}
