package io.dtx.examples.conformance;

import io.dtx.StepContext;
import io.dtx.TransactionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What is seen of a run, line by line in a file that survives the process. */
public final class Trace {

    private static final Pattern TRANSACTION = Pattern.compile("[0-9a-f]{16}-[0-9a-z]+-[0-9a-z]+");

    private Trace() {}

    /** Adds a line. */
    public static void say(String line) {
        say(Run.directory(), line);
    }

    static void say(Path directory, String line) {
        try {
            Files.writeString(
                    file(directory), line.stripTrailing() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a line of an orchestrating method, or of one that may be in a transaction. */
    static void method(String what) {
        say("  " + what
                + (TransactionContext.isActive()
                        ? " in " + TransactionContext.current().id() + " "
                                + TransactionContext.current().name() + " "
                                + TransactionContext.current().mode()
                        : " in no transaction"));
    }

    /** Adds a line of a step. */
    static void step(String what) {
        say("    do " + what + " | " + context(StepContext.current()));
    }

    /** Adds a line of a compensation. */
    static void compensation(String what, StepContext step) {
        say("    undo " + what + " | " + context(step));
    }

    private static String context(StepContext step) {
        return step.stepName() + " of " + step.transactionId() + " attempt " + step.attempt() + " key "
                + step.idempotencyKey() + " of " + step.stepKey();
    }

    /** Returns whether this is the last line. */
    static boolean ends(String line) {
        try {
            return Files.readString(file(Run.directory())).endsWith("\n" + line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(Path directory) {
        return directory.resolve("trace.txt");
    }

    /** Returns a trace with T1, T2, ... for its transactions, in the order in which they are first seen. */
    static String normalised(String raw) {
        Map<String, String> names = new HashMap<>();
        return TRANSACTION
                .matcher(raw)
                .replaceAll(id -> names.computeIfAbsent(id.group(), any -> "T" + (names.size() + 1)));
    }
}
