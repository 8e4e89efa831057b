package io.dtx.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dtx tx}: the transactions of a cluster. */
@Command(
        name = "tx",
        description = "Shows transactions, and lets parked ones go on or end.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {TxListCommand.class, TxShowCommand.class, TxRetryCommand.class, TxResolveCommand.class})
final class TransactionCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    TransactionCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "dtx tx: say what to do");
    }
}
