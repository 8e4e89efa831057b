package io.dtx.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code dtx}. */
@Command(
        name = "dtx",
        description = "Runs a coordinator of distributed transactions, and shows and repairs what is in its log.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            CoordinatorCommand.class,
            ClusterCommand.class,
            LogCommand.class,
            TransactionCommand.class,
            StatusCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCodes.DONE_TEXT,
            ExitCodes.NO_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.LATER_TEXT,
            ExitCodes.BUG_TEXT
        })
public final class Main implements Runnable {

    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandLine.Model.CommandSpec spec;

    Main() {}

    /** Runs the command that the arguments name, and exits with its code. */
    public static void main(String[] arguments) {
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "%1$tFT%1$tT.%1$tL%1$tz %4$s %5$s%6$s%n"); // one line each, for journals
        }
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command as a test can run it, too. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(new Failures())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    /** Without a verb there is nothing to do but to say which there are. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "dtx: say what to do");
    }
}
