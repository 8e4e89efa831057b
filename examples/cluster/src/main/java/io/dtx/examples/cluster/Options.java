package io.dtx.examples.cluster;

/**
 * What the command was asked for.
 *
 * @param seconds how long orders come while processes fail
 * @param rate orders per second, all applications together
 * @param takeoverTrials how often each kind of takeover is measured; 0: none, the orders run instead
 * @param seed of the orders and the faults
 */
record Options(int seconds, int rate, int takeoverTrials, long seed) {
    private static final String USAGE =
            "usage: [--seconds N] [--rate ORDERS_PER_SECOND] [--seed N] | --takeover-trials N [--rate …] [--seed N]";

    static Options of(String... arguments) {
        Options options = new Options(60, 30, 0, 1);
        if (arguments.length % 2 != 0) {
            throw new IllegalArgumentException(USAGE);
        }
        for (int i = 0; i < arguments.length; i += 2) {
            options = options.with(arguments[i], number(arguments[i + 1]));
        }
        return options;
    }

    private Options with(String name, int value) {
        return switch (name) {
            case "--seconds" -> new Options(value, rate, takeoverTrials, seed);
            case "--rate" -> new Options(seconds, value, takeoverTrials, seed);
            case "--takeover-trials" -> new Options(seconds, rate, value, seed);
            case "--seed" -> new Options(seconds, rate, takeoverTrials, value);
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private static int number(String text) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("not a number from 1 on: " + text + "; " + USAGE);
        }
        return Integer.parseInt(text);
    }
}
