package io.dtx.examples.bank;

import io.dtx.TransactionMode;
import java.util.List;
import java.util.Locale;

/**
 * How a bank is run.
 *
 * @param modes one after the other
 * @param kills how often a worker is killed
 * @param workers processes at a time
 * @param members that keep the coordinator log; 0: each worker has its own
 * @param seconds between kills
 */
record Options(List<TransactionMode> modes, int kills, int workers, int members, int seconds) {
    static final String USAGE = "[atomic|saga|both] [--kills N] [--workers N] [--members 0|1|3|5] [--seconds N]";

    /** Reads a command line; what it does not say is 5 kills of 3 workers, one every 4 seconds, in both modes. */
    static Options of(String... arguments) {
        Options options = new Options(List.of(TransactionMode.ATOMIC, TransactionMode.SAGA), 5, 3, 0, 4);
        for (int i = 0; i < arguments.length; i++) {
            options = arguments[i].startsWith("--") && i + 1 < arguments.length
                    ? options.with(arguments[i], Integer.parseInt(arguments[++i]))
                    : options.in(arguments[i]);
        }
        return options;
    }

    private Options with(String name, int value) {
        return switch (name) {
            case "--kills" -> new Options(modes, value, workers, members, seconds);
            case "--workers" -> new Options(modes, kills, value, members, seconds);
            case "--members" -> new Options(modes, kills, workers, value, seconds);
            case "--seconds" -> new Options(modes, kills, workers, members, value);
            default -> throw new IllegalArgumentException(name + "? usage: " + USAGE);
        };
    }

    private Options in(String mode) {
        List<TransactionMode> chosen = switch (mode.toUpperCase(Locale.ROOT)) {
            case "ATOMIC" -> List.of(TransactionMode.ATOMIC);
            case "SAGA" -> List.of(TransactionMode.SAGA);
            case "BOTH" -> List.of(TransactionMode.ATOMIC, TransactionMode.SAGA);
            default -> throw new IllegalArgumentException(mode + "? usage: " + USAGE);
        };
        return new Options(chosen, kills, workers, members, seconds);
    }
}
