package io.dtx.runtime.crash;

import io.dtx.OutcomeUnknownException;
import io.dtx.TransactionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What callers were told, in a file that outlives the process: one write per line, before the caller goes on. Thread-safe.
 */
final class Told implements AutoCloseable {

    /** What a caller knows about its order. */
    enum Answer {
        /** The call has not returned, and never will. */
        NOTHING,
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    /** A line: order and transaction, and what was said. */
    record Line(int order, String transaction, Answer answer) {}

    private final FileChannel file;

    Told(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    void began(int order, TransactionId transaction) {
        write(order + " " + transaction + " " + Answer.NOTHING);
    }

    /** Notes how a call ended. A failure that says nothing of doubt says that nothing stays in effect. */
    void ended(int order, TransactionId transaction, @Nullable Throwable failure) {
        Answer answer = failure == null
                ? Answer.COMMITTED
                : failure instanceof OutcomeUnknownException ? Answer.UNKNOWN : Answer.ABORTED;
        write(order + " " + transaction + " " + answer);
    }

    static List<Line> read(Path path) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String each : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
            String[] words = each.split(" ");
            lines.add(new Line(Integer.parseInt(words[0]), words[1], Answer.valueOf(words[2])));
        }
        return lines;
    }

    private void write(String line) {
        try {
            file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
