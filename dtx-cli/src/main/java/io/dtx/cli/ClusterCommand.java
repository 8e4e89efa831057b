package io.dtx.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dtx cluster}: a log that is kept by several members. */
@Command(
        name = "cluster",
        description = "Makes, looks at and changes a cluster of members that keep one log.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ClusterInitCommand.class,
            ClusterJoinCommand.class,
            ClusterStatusCommand.class,
            ClusterAddCommand.class,
            ClusterRemoveCommand.class,
            ClusterReplaceCommand.class,
            ClusterTransferLeaderCommand.class
        })
final class ClusterCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    ClusterCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "dtx cluster: say what to do");
    }
}
