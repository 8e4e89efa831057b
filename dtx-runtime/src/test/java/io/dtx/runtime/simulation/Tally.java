package io.dtx.runtime.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Numbers by name that only grow: what histories have done so far. They can be kept in a file, one a line. */
final class Tally {

    private final Map<String, Long> numbers = new TreeMap<>();

    /** Returns what a file holds; nothing if there is none. */
    static Tally read(Path file) throws IOException {
        Tally tally = new Tally();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                tally.add(line.substring(space + 1), Long.parseLong(line.substring(0, space)));
            }
        }
        return tally;
    }

    /** Writes a file as a whole. */
    void write(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, lines(""));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    void add(String name, long more) {
        numbers.merge(name, more, Long::sum);
    }

    long of(String name) {
        return numbers.getOrDefault(name, 0L);
    }

    /** Returns number and name of those whose names begin so, by name. */
    List<String> lines(String prefix) {
        List<String> lines = new ArrayList<>();
        numbers.forEach((name, number) -> {
            if (name.startsWith(prefix)) {
                lines.add(number + " " + name);
            }
        });
        return lines;
    }
}
