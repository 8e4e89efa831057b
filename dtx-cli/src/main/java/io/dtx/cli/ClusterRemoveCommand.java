package io.dtx.cli;

import io.dtx.runtime.DtxOperator;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtx cluster remove}: one member less. */
@Command(
        name = "remove",
        description = {
            "Removes a member, whether it answers or not; if it leads, it hands that over first. Refused if too few of the others",
            "answer. Afterwards end its process and delete its directory: its id is not used again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:it is no member any more",
            ChangeOptions.NO_TEXT,
            ExitCodes.USAGE_TEXT,
            ChangeOptions.GOES_ON_TEXT,
            ExitCodes.BUG_TEXT
        })
final class ClusterRemoveCommand implements Callable<Integer> {

    @Mixin
    private final ChangeOptions options = new ChangeOptions();

    @Parameters(paramLabel = "ID", description = "the member's id")
    private int id;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    ClusterRemoveCommand() {}

    @Override
    public Integer call() {
        try (DtxOperator operator = options.members.connect()) {
            operator.cluster().remove(id, options.timeout(Duration.ofMinutes(1)));
            ClusterTable.print(
                    operator.cluster().status(),
                    options.json,
                    spec.commandLine().getOut());
        }
        return ExitCodes.DONE;
    }
}
