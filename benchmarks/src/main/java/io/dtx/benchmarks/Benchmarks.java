package io.dtx.benchmarks;

import io.dtx.benchmarks.Options.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Measures dtx beside its yardsticks and prints tables. */
public final class Benchmarks {

    private static final Logger DTX_LOG = Logger.getLogger("io.dtx");
    private static final int WRONG = 1;
    private static final int MISUSED = 2;

    private Benchmarks() {}

    /** Measures what the options ask for; see {@code --help}. */
    public static void main(String[] arguments) throws Exception {
        DTX_LOG.setLevel(Level.WARNING);
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + Options.USAGE);
            System.exit(MISUSED);
            return;
        }
        if (options.help()) {
            System.out.println(Options.USAGE);
            return;
        }
        System.exit(run(options, System.out) ? 0 : WRONG);
    }

    /** Returns whether all that was audited is right. */
    static boolean run(Options options, PrintStream out) throws Exception {
        boolean right = true;
        try (Workplace workplace = new Workplace(options.directory())) {
            Report report = new Report(out);
            report.machine(workplace.path());
            for (Part part : options.parts()) {
                right &= measure(part, options, workplace.path(), report);
            }
        } catch (IOException e) {
            throw new IOException("in " + options.directory().toAbsolutePath(), e);
        }
        return right;
    }

    private static boolean measure(Part part, Options options, Path directory, Report report) throws Exception {
        return switch (part) {
            case LOG -> new LogPart(options, directory, report).run();
            case CLUSTER -> new ClusterPart(options, directory, report).run();
            case POSTGRES -> new PostgresPart(options, directory, report).run();
            case ATOMIC -> new AtomicPart(options, directory, report).run();
            case CALL -> new CallPart(options, report).run();
            case START -> new StartPart(options, directory, report).run();
        };
    }
}
