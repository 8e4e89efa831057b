package io.dtx.runtime.crash;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.testdb.PostgresFixture;
import io.dtx.runtime.testdb.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Process after process on one log directory and three databases: each judges what those before it left, and dies. */
final class Series {

    /** Where the orders are kept. */
    enum Store {
        /** Three databases of one server with fsync. */
        POSTGRES,
        /** Three files, written through. */
        H2
    }

    private final Path directory;
    private final Map<String, String> common = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Set<Fork.Run> read = new HashSet<>();
    private final String name;
    private int trials;
    private int effective;
    private long found;
    private long slowestOrderMillis;
    private long slowestMillis;

    Series(String name, Store store, Path directory) throws IOException {
        this.name = name + " on " + store;
        this.directory = Files.createDirectories(directory);
        for (String each : Shop.RESOURCES) {
            TestDatabase database = store == Store.POSTGRES
                    ? PostgresFixture.freshDatabase()
                    : new TestDatabase("jdbc:h2:file:" + directory.resolve(each) + ";WRITE_DELAY=0", "sa", "");
            common.put("url." + each, database.url());
            common.put("user", database.user());
            common.put("password", database.password());
        }
    }

    Path directory() {
        return directory;
    }

    /** Returns how many transactions the processes found open when they started. */
    long found() {
        return found;
    }

    /** Returns how long the slowest order took. */
    long slowestOrderMillis() {
        return slowestOrderMillis;
    }

    /** Adds a setting for all processes. */
    Series with(String key, String value) {
        common.put(key, value);
        return this;
    }

    /** Returns a setting of all processes. */
    String setting(String key, String otherwise) {
        return common.getOrDefault(key, otherwise);
    }

    /** Starts the next process. */
    Fork start(Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(common);
        all.putAll(settings);
        return Fork.start(directory, all);
    }

    /** Starts a process that halts at a point, and counts whether it did. */
    void halt(String point, Map<String, String> settings) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(Map.of("points", point, "event", "halt", "orders", "60"));
        all.putAll(settings);
        Fork.Run run = start(all).await();
        count(point, run, run.exit() == Worker.HALTED && run.said("REACHED " + point));
    }

    /** Takes down what a process said, and whether what was meant to happen to it has happened. */
    void count(String what, Fork.Run run, boolean happened) {
        trials++;
        effective += happened ? 1 : 0;
        read(what, run);
        if (!happened) {
            violations.add(what + " was not reached: " + run.end());
        }
    }

    private void read(String what, Fork.Run run) {
        if (!read.add(run)) {
            return;
        }
        run.all("FOUND").forEach(each -> found += Long.parseLong(each));
        run.all("QUIET").forEach(each -> slowestMillis = Math.max(slowestMillis, Long.parseLong(each)));
        run.all("PLACED").forEach(each -> slowestOrderMillis = Math.max(slowestOrderMillis, Long.parseLong(each)));
        run.all("VIOLATION").forEach(each -> violations.add("before or at " + what + ": " + each));
    }

    /** Lets a last process recover, judge, place some orders more and close; then all must have been well. */
    void end() throws IOException, InterruptedException {
        Fork.Run last = start(Map.of("orders", "20")).await();
        read("end", last);
        if (last.exit() != 0 || !last.said("DONE")) {
            violations.add("the last one did not end: " + last.end());
        }
        System.out.printf(
                "CRASH %-36s trials %3d  effective %3d  losses %d  found open %d, none after %d ms at most; slowest order %d ms; %s%n",
                name,
                trials,
                effective,
                violations.size(),
                found,
                slowestMillis,
                slowestOrderMillis,
                last.all("JUDGED").isEmpty()
                        ? "not judged"
                        : "judged " + last.all("JUDGED").get(last.all("JUDGED").size() - 1));
        Tally.add(trials, effective);
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.size() + " violations; the first: "
                    + String.join("\n", violations.subList(0, Math.min(10, violations.size()))));
        }
    }
}
