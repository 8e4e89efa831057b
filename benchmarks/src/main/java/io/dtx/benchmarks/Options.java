package io.dtx.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param callers the loads
 * @param seconds how long each contender is measured under each load
 * @param parts what is measured
 * @param directory where all files are made, and deleted
 * @param help only to say what can be asked for
 */
record Options(List<Integer> callers, double seconds, Set<Part> parts, Path directory, boolean help) {

    static final String USAGE = """
            java -jar benchmarks/target/dtx-benchmarks.jar [options]
              --callers 1,16,64,256   how many callers, one load after the other
              --seconds N             how long each contender is measured under each load (10)
              --quick                 the same as --seconds 2 --callers 1,64
              --only PART,…           log, cluster, postgres, atomic, call, start; without it all of them
              --directory DIR         where files are made, and deleted (beside the jar): the disk that is measured
              --help                  this text
            Exit code: 0 if every step of every saga ran exactly once, 1 if not, 2 for options like these.""";

    private static final double QUICK_SECONDS = 2;
    private static final double TURN_SECONDS_MAX = 1;
    private static final int PAIRS_MIN = 3;

    /** What can be measured. */
    enum Part {
        LOG,
        CLUSTER,
        POSTGRES,
        ATOMIC,
        CALL,
        START
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it makes no sense; the message says why
     */
    static Options parse(String... arguments) {
        List<Integer> callers = List.of(1, 16, 64, 256);
        double seconds = 10;
        Set<Part> parts = new LinkedHashSet<>(List.of(Part.values()));
        Path directory = besideTheJar();
        boolean help = false;
        List<String> rest = new ArrayList<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String option = rest.remove(0);
            switch (option) {
                case "--callers" -> callers = callers(value(option, rest));
                case "--seconds" -> seconds = seconds(value(option, rest));
                case "--quick" -> {
                    callers = List.of(1, 64);
                    seconds = QUICK_SECONDS;
                }
                case "--only" -> parts = parts(value(option, rest));
                case "--directory" -> directory = Path.of(value(option, rest));
                case "--help", "-h" -> help = true;
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new Options(callers, seconds, parts, directory, help);
    }

    /** Returns how many turns each contender has under a load. */
    int pairs() {
        return Math.max(PAIRS_MIN, (int) Math.ceil(seconds / TURN_SECONDS_MAX));
    }

    long turnNanos() {
        return Math.round(seconds / pairs() * 1e9);
    }

    boolean isQuick() {
        return seconds <= QUICK_SECONDS;
    }

    private static String value(String option, List<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.remove(0);
    }

    private static List<Integer> callers(String text) {
        try {
            List<Integer> callers =
                    Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
            if (callers.stream().allMatch(each -> each >= 1 && each <= 4096)) {
                return callers;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--callers: " + text + " are not whole numbers", e);
        }
        throw new IllegalArgumentException("--callers: 1 to 4096 at once, not " + text);
    }

    private static double seconds(String text) {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds > 0 && seconds <= 3600) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seconds: " + text + " is no number", e);
        }
        throw new IllegalArgumentException("--seconds: more than 0 and at most 3600, not " + text);
    }

    private static Set<Part> parts(String text) {
        return Arrays.stream(text.split(","))
                .map(word -> Arrays.stream(Part.values())
                        .filter(part -> part.name().equalsIgnoreCase(word))
                        .findAny()
                        .orElseThrow(() -> new IllegalArgumentException("--only: there is no part " + word)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Path besideTheJar() {
        Path code = Path.of(Options.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Path parent = code.toAbsolutePath().getParent();
        return parent != null && Files.isWritable(parent) ? parent : Path.of("").toAbsolutePath();
    }
}
