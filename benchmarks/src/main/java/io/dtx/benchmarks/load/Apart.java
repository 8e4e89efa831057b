package io.dtx.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A contender that has a process of its own, with its callers in it, for what there can be only one of in a process. Its program
 * calls {@link #serve}; both sides talk in lines of words.
 */
public final class Apart implements Side, AutoCloseable {

    private static final long END_SECONDS = 30;

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;
    private final Outside outside;
    private int callers; // 0: all that it has

    /** What works for a contender outside its own process, such as a database. */
    public interface Outside {

        /** Nothing does. */
        Outside NOTHING = new Outside() {
            @Override
            public long cpuNanos() {
                return 0;
            }

            @Override
            public long forces() {
                return 0;
            }
        };

        /** Returns the CPU time used so far. */
        long cpuNanos();

        /** Returns how often it has forced a disk so far. Asked after the contender has ended. */
        long forces() throws Exception;
    }

    /** Starts a program and waits until it serves. */
    public Apart(String name, Outside outside, Class<?> program, String... arguments) throws IOException {
        this.name = name;
        this.outside = outside;
        process = Forked.start(program, arguments);
        answers = process.inputReader();
        orders = process.outputWriter();
        try {
            answer();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Lets so many of its callers load it from the next turn on; at first all do. */
    public void load(int by) {
        callers = by;
    }

    /** Serves turns of a contender, in its process, until nobody wants any. */
    public static void serve(Contender contender, int callers, BufferedReader orders) throws Exception {
        try (ClosedLoop loop = new ClosedLoop(callers)) {
            say("serving");
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                switch (order) {
                    case "audit" -> {
                        Audit audit = contender.audit();
                        say("%d %d %d %d %d"
                                .formatted(
                                        audit.sagas(),
                                        audit.lost(),
                                        audit.repeated(),
                                        audit.compensated(),
                                        audit.unanswered()));
                    }
                    case "forces" -> say(String.valueOf(contender.forces()));
                    default -> {
                        String[] words = order.split(" ");
                        int present = Integer.parseInt(words[1]);
                        say(encode(loop.turn(contender, Long.parseLong(words[0]), present == 0 ? callers : present)));
                    }
                }
            }
        }
    }

    private static void say(String words) {
        System.out.println(words);
        System.out.flush();
    }

    private static String encode(Round round) {
        ByteBuffer bytes = ByteBuffer.allocate(round.latencies().getNeededByteBufferCapacity());
        int length = round.latencies().encodeIntoByteBuffer(bytes);
        String latencies = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
        return "%d %d %d %s".formatted(round.nanos(), round.ended(), round.cpuNanos(), latencies);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Round turn(long nanos) throws IOException {
        long before = outside.cpuNanos();
        String[] words = ask(nanos + " " + callers);
        long foreign = outside.cpuNanos() - before;
        ByteBuffer latencies = ByteBuffer.wrap(Base64.getDecoder().decode(words[3]));
        try {
            return new Round(
                    Long.parseLong(words[0]),
                    Histogram.decodeFromByteBuffer(latencies, 0),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]) + foreign);
        } catch (RuntimeException e) {
            throw new IOException(name + " answered nonsense", e);
        }
    }

    @Override
    public Audit audit() throws IOException {
        long[] numbers = Arrays.stream(ask("audit")).mapToLong(Long::parseLong).toArray();
        return new Audit(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    @Override
    public long forces() throws Exception {
        long inside = Long.parseLong(ask("forces")[0]);
        return inside + outside.forces();
    }

    private String[] ask(String order) throws IOException {
        orders.write(order + System.lineSeparator());
        orders.flush();
        return answer();
    }

    private String[] answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(name + " failed in a process of its own");
        }
        return line.split(" ");
    }

    /** Lets it end what it has started, and itself. */
    @Override
    public void close() throws IOException {
        try (answers) {
            orders.close();
            process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
