package io.dtx.benchmarks.atomic;

import io.dtx.benchmarks.cluster.IdealCluster;
import io.dtx.benchmarks.load.Apart;
import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.log.IdealSagas;
import io.dtx.benchmarks.log.Payloads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A process with one transaction manager in it, for there can only be one, and its callers. */
public final class AtomicProcess {

    private static final String DTX = "DTX";
    private static final String OVER_MEMBERS = "OVER_MEMBERS";
    private static final String DECISIONS_ALONE = "DECISIONS_ALONE";
    private static final String IDEAL = "IDEAL";
    private static final String IDEAL_NARAYANA = "IDEAL_NARAYANA";
    private static final Logger ALL = Logger.getLogger("");

    private AtomicProcess() {}

    /** Takes what decides, a directory, the number of callers, and the addresses of two databases or nothing. */
    public static void main(String[] arguments) throws Exception {
        ALL.setLevel(Level.WARNING);
        Path directory = Path.of(arguments[1]);
        int callers = Integer.parseInt(arguments[2]);
        Databases databases =
                arguments.length == 3 ? null : new Databases(List.of(arguments[3], arguments[4])).create();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Contender contender = contender(arguments[0], directory, callers, databases)) {
            Apart.serve(contender, callers, orders);
        }
        System.exit(0);
    }

    private static Contender contender(String what, Path directory, int callers, @Nullable Databases databases)
            throws Exception {
        return switch (what) {
            case DTX -> DtxAtomic.embedded(directory, callers, databases);
            case OVER_MEMBERS -> DtxAtomic.overMembers(directory, callers);
            case DECISIONS_ALONE -> new DecisionsAlone(directory, callers);
            case IDEAL -> new IdealSagas(new IdealCluster(directory), callers, new int[] {Payloads.ofDecision()});
            case IDEAL_NARAYANA -> new IdealAtomic(directory, callers);
            default -> new NarayanaAtomic(Stock.valueOf(what), directory, callers, databases);
        };
    }

    /** Starts three members of dtx, and a client of theirs in a process of its own, for resource managers that do nothing. */
    public static Apart overMembers(Path directory, int callers) throws IOException {
        return start("dtx", OVER_MEMBERS, directory, callers, Apart.Outside.NOTHING, List.of());
    }

    /** Starts three members of dtx, and a client of theirs in a process of its own that has them decide, and nothing else. */
    public static Apart decisionsAlone(Path directory, int callers) throws IOException {
        return start("dtx alone", DECISIONS_ALONE, directory, callers, Apart.Outside.NOTHING, List.of());
    }

    /** Starts an ideal log with two followers, and callers in a process of their own that append what a decision takes. */
    public static Apart ideal(Path directory, int callers) throws IOException {
        return start("ideal log", IDEAL, directory, callers, Apart.Outside.NOTHING, List.of());
    }

    /** Starts an ideal log with two followers, and Narayana in a process of its own that keeps its decisions there and nothing else. */
    public static Apart narayanaOnIdeal(Path directory, int callers) throws IOException {
        return start("ideal, narayana", IDEAL_NARAYANA, directory, callers, Apart.Outside.NOTHING, List.of());
    }

    /** Starts dtx in a process of its own; databases: two addresses, or none for resource managers that do nothing. */
    public static Apart dtx(Path directory, int callers, Apart.Outside outside, List<String> databases)
            throws IOException {
        return start("dtx", DTX, directory, callers, outside, databases);
    }

    /** Starts Narayana in a process of its own. */
    public static Apart narayana(
            Stock stock, Path directory, int callers, Apart.Outside outside, List<String> databases)
            throws IOException {
        return start(stock.title(), stock.name(), directory, callers, outside, databases);
    }

    private static Apart start(
            String name, String what, Path directory, int callers, Apart.Outside outside, List<String> databases)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(what, directory.toString(), String.valueOf(callers)));
        arguments.addAll(databases);
        return new Apart(name, outside, AtomicProcess.class, arguments.toArray(String[]::new));
    }
}
