package io.dtx.cli;

import io.dtx.runtime.DtxMember;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dtx cluster join}: the directory of a member that will be added. */
@Command(
        name = "join",
        description = {
            "Makes the directory of a member that will be added to a cluster. Then start it by",
            "dtx coordinator --replicated --dir DIR --listen HOST:PORT, and add it by dtx cluster add ID@HOST:PORT"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the directory is made",
            ExitCodes.USAGE_TEXT,
            " 3:not now: the directory holds something, or cannot be used",
            ExitCodes.BUG_TEXT
        })
final class ClusterJoinCommand implements Callable<Integer> {

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "the member's directory, empty or not there")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path directory;

    @Option(
            names = "--self",
            required = true,
            paramLabel = "ID@HOST:PORT",
            description = "this member: an id that none has or has had, and where the others reach it")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String self;

    @Option(
            names = "--cluster",
            required = true,
            paramLabel = "HEX",
            description = "the cluster's name, as dtx cluster status prints it")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String cluster;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    ClusterJoinCommand() {}

    @Override
    public Integer call() {
        DtxMember.createJoining(directory, ClusterInitCommand.name(cluster), self);
        PrintWriter out = spec.commandLine().getOut();
        out.println("made member " + self + " in " + directory.toAbsolutePath().normalize()
                + "; start it, then: dtx cluster add " + self);
        out.flush();
        return ExitCodes.DONE;
    }
}
