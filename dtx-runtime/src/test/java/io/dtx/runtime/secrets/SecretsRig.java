package io.dtx.runtime.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dtx.TransactionContext;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.TransactionHistory;
import io.dtx.runtime.secrets.CheckoutService.Body;
import io.dtx.runtime.testdb.H2Fixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Dtx over the file log and H2, with the two services, and all that it tells. */
final class SecretsRig implements AutoCloseable {

    final Faults faults = new Faults();
    final LogText log = new LogText();
    final AtomicReference<TransactionId> last = new AtomicReference<>();
    final Dtx dtx;
    final CardService cards;
    final CheckoutService checkout;
    private final Path directory;

    SecretsRig(Path directory) {
        TestDatabase database = H2Fixture.freshDatabase();
        this.directory = directory.resolve("log");
        dtx = Dtx.builder()
                .config("dtx.log.dir", this.directory.toString())
                .resource("payments", database.unpooled())
                .build();
        cards = dtx.create(CardService.class, faults);
        checkout = dtx.create(CheckoutService.class);
        dtx.start();
    }

    /** Runs a saga that fails, and returns what its caller gets. */
    Throwable failure(Body body) {
        return catchThrowable(() -> checkout.plain(remembering(body)));
    }

    /** Has the id of the transaction that the body runs in kept. */
    Body remembering(Body body) {
        return () -> {
            last.set(TransactionContext.current().id());
            body.run();
        };
    }

    /** Returns the last transaction, once it has ended or needs an operator. */
    TransactionHistory history() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            TransactionHistory history = dtx.transactions().show(last.get()).orElseThrow();
            if (history.status().isFinal() || history.status() == TransactionStatus.PARKED) {
                return history;
            }
            assertThat(System.nanoTime() - end).as("within 20 s: %s", history).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Returns all that people may come to read: log lines and listings. */
    String told() {
        return log.all()
                + dtx.transactions().list(any -> true)
                + dtx.transactions().show(last.get());
    }

    /** Returns the bytes of the coordinator log as text. */
    String recorded() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).map(SecretsRig::text).collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        dtx.close();
        log.close();
    }
}
