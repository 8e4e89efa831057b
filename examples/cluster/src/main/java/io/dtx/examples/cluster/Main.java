package io.dtx.examples.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Runs a shop of three processes over a cluster of three members while they are killed, paused and cut off, and audits it. */
public final class Main {

    private Main() {}

    /** Takes {@code --seconds N}, {@code --rate N}, {@code --seed N}; or {@code --takeover-trials N}. */
    public static void main(String[] arguments) throws Exception {
        Options options = null;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            throw e;
        }
        Path directory = Files.createTempDirectory("dtx-cluster");
        System.out.println("everything is in " + directory + ", what each process says in its directory logs");
        double rate = (double) options.rate() / Cluster.APPLICATIONS.size();
        boolean good;
        try (Cluster cluster = new Cluster(directory, Shop.class.getName(), rate)) {
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::killProcesses, "kill"));
            good = run(cluster, options);
        }
        if (good) {
            delete(directory);
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean run(Cluster cluster, Options options) throws Exception {
        if (options.takeoverTrials() > 0) {
            return TakeoverTrials.run(cluster, options.takeoverTrials());
        }
        Drill.Result result = drill(cluster, options);
        result.audit().problems().stream().limit(100).forEach(each -> System.out.println("WRONG: " + each));
        System.out.println("everything had ended " + result.endedMillis() + " ms after the last fault was healed");
        System.out.println(result.line());
        return result.audit().isConsistent();
    }

    /** Lets orders come and processes fail. */
    static Drill.Result drill(Cluster cluster, Options options) throws Exception {
        Drill drill = new Drill(cluster, Cluster.APPLICATIONS);
        try (Watch watch = new Watch(cluster)) {
            drill.start(watch);
            Faults faults = new Faults(cluster, watch, options.seed());
            watch.show(faults::present);
            faults.run(options.seconds());
            watch.close();
            return drill.end(faults.all());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
