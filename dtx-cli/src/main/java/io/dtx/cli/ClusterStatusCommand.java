package io.dtx.cli;

import io.dtx.runtime.ClusterStatus;
import io.dtx.runtime.DtxOperator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dtx cluster status}: who is in the cluster, and how each of them is. */
@Command(
        name = "status",
        description = {
            "Asks the members that are named, and those that they know of: who leads, how far each is behind, how far its clock",
            "is from this machine's, and how much room its log has."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:a member leads, and a majority of the members answers",
            ExitCodes.USAGE_TEXT,
            " 3:no member leads",
            ExitCodes.BUG_TEXT
        })
final class ClusterStatusCommand implements Callable<Integer> {

    @Mixin
    private final MembersOptions members = new MembersOptions();

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    ClusterStatusCommand() {}

    @Override
    public Integer call() {
        ClusterStatus status;
        try (DtxOperator operator = members.connect()) {
            status = operator.cluster().status();
        }
        ClusterTable.print(status, json, spec.commandLine().getOut());
        return status.leader().isPresent() ? ExitCodes.DONE : ExitCodes.LATER;
    }
}
