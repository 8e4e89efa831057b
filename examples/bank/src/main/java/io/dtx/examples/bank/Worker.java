package io.dtx.examples.bank;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dtx.DtxException;
import io.dtx.TransactionMode;
import io.dtx.runtime.Dtx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/** A process of the bank: it ends what an earlier one left, then moves money until its time is over, or it is killed. */
final class Worker {
    static final int ACCOUNTS = 50;
    private static final int THREADS = 8;

    private Worker() {}

    /** Takes the mode, the directory of the log, the server's URL, the first transfer's number and the seconds to work. */
    public static void main(String[] arguments) throws Exception {
        TransactionMode mode = TransactionMode.valueOf(arguments[0]);
        String server = arguments[2];
        long first = Long.parseLong(arguments[3]);
        Dtx.Builder builder = Dtx.builder()
                .config("dtx.application", "bank")
                .config("dtx.log.dir", Path.of(arguments[1]).resolve("dtx-log").toString());
        try (Dtx dtx = mode == TransactionMode.ATOMIC ? atomic(builder, server) : saga(builder, server)) {
            Class<? extends Transfers> service =
                    mode == TransactionMode.ATOMIC ? AtomicTransfers.class : SagaTransfers.class;
            Transfers transfers =
                    dtx.create(service, new Ledger(dtx.resource("east")), new Ledger(dtx.resource("west")));
            dtx.start();
            Ledger requests = new Ledger(pool(server, "east"));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[4]));
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            for (int i = 0; i < THREADS; i++) {
                long own = first + i;
                threads.execute(() -> work(transfers, requests, own, end));
            }
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.DAYS);
            long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (!dtx.transactions().list(each -> !each.status().isFinal()).isEmpty()
                    && System.nanoTime() - patience < 0) {
                LockSupport.parkNanos(10_000_000);
            }
        }
        System.exit(0);
    }

    private static Dtx atomic(Dtx.Builder builder, String server) {
        return builder.xaResource("east", xa(server, "east"))
                .xaResource("west", xa(server, "west"))
                .build();
    }

    private static Dtx saga(Dtx.Builder builder, String server) {
        return builder.resource("east", pool(server, "east"))
                .resource("west", pool(server, "west"))
                .build();
    }

    private static void work(Transfers transfers, Ledger requests, long first, long end) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (long number = first; System.nanoTime() - end < 0; number += THREADS) {
            try {
                requests.request(number);
                transfers.transfer(
                        number, 1 + random.nextInt(ACCOUNTS), 1 + random.nextInt(ACCOUNTS), 1 + random.nextInt(20_000));
            } catch (RejectedException e) {
                continue; // an answer like any other
            } catch (SQLException | DtxException e) {
                System.err.println("transfer " + number + ": " + e);
            }
        }
    }

    private static PGXADataSource xa(String server, String name) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(server + name);
        source.setUser("postgres");
        return source;
    }

    private static DataSource pool(String server, String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server + name);
        source.setUser("postgres");
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(3 * THREADS);
        return new HikariDataSource(config);
    }
}
