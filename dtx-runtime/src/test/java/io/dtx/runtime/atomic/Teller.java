package io.dtx.runtime.atomic;

import io.dtx.OutcomeUnknownException;
import io.dtx.TransactionAbortedException;
import io.dtx.runtime.testdb.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;

/**
 * A process that moves money between two databases, and dies or stops where it is told to. It says on its standard output what
 * it does, and writes down what it was answered before the next transfer.
 *
 * <p>With {@code plain} nothing of that is called off; with {@code refused} west refuses to prepare; with {@code alone} only east
 * takes part; with {@code reader=first} or {@code last} something that is only read takes part before or after the others.
 */
final class Teller {

    static final int HALTED = 77;
    private static final int LOOKS = 3;

    private final Path directory;
    private final Map<String, String> settings;
    private final AtomicInteger toPass;
    private final String point;
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean started;
    private volatile Runnable fence = () -> {};

    private Teller(Map<String, String> settings) {
        this.directory = Path.of(settings.get("directory"));
        this.settings = settings;
        this.point = settings.getOrDefault("point", "");
        this.toPass = new AtomicInteger(Integer.parseInt(settings.getOrDefault("passes", "1")));
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String each : arguments) {
            settings.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        new Teller(settings).run();
        System.exit(0);
    }

    private void run() throws Exception {
        TestDatabase east = database("east");
        TestDatabase west = database("west");
        Map<String, String> config = new HashMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith("dtx.")) {
                config.put(key, value);
            }
        });
        boolean[] armed = {"start".equals(settings.get("phase"))};
        WatchedXa.Step step = call -> {
            if (armed[0]) {
                pass(call);
            }
            look(call);
            if (armed[0] && settings.containsKey("refused") && call.equals("west:prepare:before")) {
                throw new XAException(XAException.XA_RBINTEGRITY);
            }
        };
        try (Bank bank = new Bank(
                directory,
                config,
                east,
                west,
                WatchedXa.watch("east", xa(east), step),
                WatchedXa.watch("west", Bank.xa(west), step))) {
            bank.dtx().xaResource("reader", new Reader());
            bank.start();
            started = true;
            fence = bank.log()::fenceApart;
            bank.log().before(commands -> passAll(step, commands, "before"));
            bank.log().after(commands -> passAll(step, commands, "after"));
            long began = System.nanoTime();
            bank.awaitNothingInDoubt();
            say("LOOKED, and nothing is left");
            say("QUIET " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            armed[0] = true;
            int first = Integer.parseInt(settings.getOrDefault("first", "1"));
            int count = Integer.parseInt(settings.getOrDefault("transfers", "0"));
            for (int number = first; number < first + count; number++) {
                transfer(bank, number);
            }
            armed[0] = false;
            bank.awaitNothingInDoubt();
        }
        say("DONE");
    }

    /** Says once that it has looked at what is in doubt, since its start, in vain or not. */
    private void look(String call) {
        if (started && call.equals("east:recover:after") && looks.incrementAndGet() == LOOKS) {
            say("LOOKED");
        }
    }

    private XADataSource xa(TestDatabase database) {
        XADataSource source = Bank.xa(database);
        return settings.containsKey("unguarded") ? WatchedXa.unguarded(source) : source;
    }

    private static void passAll(WatchedXa.Step step, String commands, String when) throws Exception {
        for (String each : commands.split(" ")) {
            step.pass(each + ":" + when);
        }
    }

    /** Every third transfer is called off, every fifth breaks a rule of the database, unless they are to be plain ones. */
    private void transfer(Bank bank, int number) throws Exception {
        String answer;
        try {
            bank.atomically(() -> {
                read(bank, "first");
                post(bank, number);
                read(bank, "last");
                return null;
            });
            answer = "COMMITTED";
        } catch (TransactionAbortedException | IllegalArgumentException | SQLException e) {
            answer = "ABORTED";
        } catch (OutcomeUnknownException e) {
            answer = "UNKNOWN";
        }
        String line = number + " " + answer + System.lineSeparator();
        Files.writeString(directory.resolve("told"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        say("TOLD " + number + " " + answer);
    }

    private void post(Bank bank, int number) throws Exception {
        boolean plain = settings.containsKey("plain");
        post(bank.east(), number, -1);
        if (settings.containsKey("alone")) {
            pass("work:after");
            return;
        }
        post(bank.west(), number, number % 5 == 0 && !plain ? 1_000_000_000L : 1);
        if (number % 3 == 0 && !plain) {
            throw new IllegalArgumentException("called off");
        }
    }

    private void read(Bank bank, String when) {
        if (when.equals(settings.get("reader"))) {
            bank.dtx().resource("reader", Reader.Desk.class).read();
        }
    }

    static void post(DataSource account, int number, long amount) throws SQLException {
        try (Connection connection = account.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO posting VALUES (" + number + ", " + amount + ")");
            statement.executeUpdate("UPDATE account SET balance = balance + " + amount + " WHERE id = 1");
        }
    }

    private void pass(String label) throws Exception {
        boolean meant = point.startsWith("*") ? label.endsWith(point.substring(1)) : label.equals(point);
        if (!meant || toPass.decrementAndGet() != 0) {
            return;
        }
        say("REACHED " + label);
        if ("pause".equals(settings.get("event"))) {
            Bank.await(() -> Files.exists(directory.resolve("continued")));
            if (settings.containsKey("fenced")) {
                fence.run();
            }
            say("GOES ON");
        } else {
            Runtime.getRuntime().halt(HALTED);
        }
    }

    private TestDatabase database(String name) {
        return new TestDatabase(settings.get("url." + name), settings.get("user"), settings.get("password"));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
