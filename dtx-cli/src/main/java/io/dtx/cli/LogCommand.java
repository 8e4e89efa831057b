package io.dtx.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dtx log}: the files of a log. */
@Command(
        name = "log",
        description = "Looks at the files of a coordinator log.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = LogCheckCommand.class)
final class LogCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    LogCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "dtx log: say what to do");
    }
}
