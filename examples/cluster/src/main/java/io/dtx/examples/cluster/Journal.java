package io.dtx.examples.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a process says of its orders, in a file that outlives it: a line when it takes one, when that has a transaction, and with
 * its answer. */
final class Journal implements AutoCloseable {
    private final FileChannel file;

    /** What is said. */
    enum Word {
        /** The order is placed. */
        TAKEN,
        /** It has a transaction. */
        BEGUN,
        /** The customer was told yes. */
        COMMITTED,
        /** The customer was told no: nothing of it stays. */
        REFUSED,
        /** The customer was told that nobody knows. */
        UNKNOWN;

        boolean isAnswer() {
            return this != TAKEN && this != BEGUN;
        }
    }

    /**
     * A line.
     *
     * @param transaction the id of the order's transaction; - if there is none
     * @param millis by the wall clock
     */
    record Entry(Word word, long order, String transaction, long millis) {

        static Entry of(String line) {
            String[] parts = line.split(" ");
            return new Entry(Word.valueOf(parts[0]), Long.parseLong(parts[1]), parts[2], Long.parseLong(parts[3]));
        }

        String line() {
            return word + " " + order + " " + transaction + " " + millis + "\n";
        }
    }

    Journal(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Writes at once: the line survives the process. */
    void write(Word word, long order, String transaction) throws IOException {
        Entry entry = new Entry(word, order, transaction, System.currentTimeMillis());
        ByteBuffer line = ByteBuffer.wrap(entry.line().getBytes(StandardCharsets.US_ASCII));
        while (line.hasRemaining()) {
            file.write(line);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Reads all journals of a directory; a last line that was cut short says nothing. */
    static List<Entry> read(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path each : files.sorted().toList()) {
                String text = Files.readString(each, StandardCharsets.US_ASCII);
                text.substring(0, text.lastIndexOf('\n') + 1)
                        .lines()
                        .map(Entry::of)
                        .forEach(entries::add);
            }
        }
        return entries;
    }

    /** Returns how many orders have an answer. */
    static long answers(List<Entry> entries) {
        return entries.stream().filter(each -> each.word().isAnswer()).count();
    }

    /** Returns for how long nobody got an answer, at worst, while orders came. */
    static long worstStallMillis(List<Entry> entries) {
        long[] times = entries.stream()
                .filter(each -> each.word() == Word.COMMITTED || each.word() == Word.REFUSED)
                .mapToLong(Entry::millis)
                .sorted()
                .toArray();
        long worst = 0;
        for (int i = 1; i < times.length; i++) {
            worst = Math.max(worst, times[i] - times[i - 1]);
        }
        return worst;
    }
}
