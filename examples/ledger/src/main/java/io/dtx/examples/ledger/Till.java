package io.dtx.examples.ledger;

import io.dtx.runtime.Dtx;
import io.dtx.spi.DtxParticipant;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.xa.PGXADataSource;

/** A process of the shop. What an earlier one has left in doubt, dtx ends, here as there. */
final class Till implements AutoCloseable {

    private final Dtx dtx;
    private final Shop shop;

    /** Opens the shop over a ledger; its coordinator log is in the directory. */
    Till(String url, DtxParticipant<?> ledger, Path directory) {
        PGXADataSource sales = new PGXADataSource();
        sales.setUrl(url);
        sales.setUser("postgres");
        dtx = Dtx.builder()
                .config("dtx.log.dir", directory.resolve("log").toString())
                .xaResource("sales", sales)
                .participant("ledger", ledger)
                .build();
        shop = dtx.create(Shop.class, dtx.resource("sales"), dtx.resource("ledger", Postings.class));
        dtx.start();
    }

    /** Sells until it is killed: takes the database's address, the directory, and the number of its first sale. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        try (Ledger ledger = new Ledger(new LedgerFile(directory.resolve("ledger")));
                Till till = new Till(arguments[0], ledger, directory)) {
            for (long number = Long.parseLong(arguments[2]); System.in.available() == 0; number++) {
                till.sell(number);
            }
        }
    }

    /** Sells, unless the customer runs away. */
    void sell(long number) throws SQLException {
        try {
            shop.sell(number, 100 + number % 900);
        } catch (CustomerGoneException e) {
            return; // nothing is left of it
        }
    }

    /** Waits until nothing is in doubt; returns whether that came true. */
    boolean settle(Database database, DtxParticipant<?> ledger, Duration patience) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (database.prepared() > 0
                || !ledger.inDoubt().isEmpty()
                || !dtx.transactions().list(each -> !each.status().isFinal()).isEmpty()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(5_000_000);
        }
        return true;
    }

    @Override
    public void close() {
        dtx.close();
    }
}
