package io.dtx.cli;

import io.dtx.runtime.DtxOperator;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtx cluster transfer-leader}: another member leads. */
@Command(
        name = "transfer-leader",
        description = {
            "Lets another member lead: the one that is named, or the one that is furthest. Applications notice a pause of",
            "some ten milliseconds."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:it leads",
            ChangeOptions.NO_TEXT,
            ExitCodes.USAGE_TEXT,
            ChangeOptions.GOES_ON_TEXT,
            ExitCodes.BUG_TEXT
        })
final class ClusterTransferLeaderCommand implements Callable<Integer> {

    @Mixin
    private final ChangeOptions options = new ChangeOptions();

    @Parameters(arity = "0..1", paramLabel = "ID", description = "the member's id")
    private int id;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    ClusterTransferLeaderCommand() {}

    @Override
    public Integer call() {
        try (DtxOperator operator = options.members.connect()) {
            operator.cluster().transferLeader(id, options.timeout(Duration.ofMinutes(1)));
            ClusterTable.print(
                    operator.cluster().status(),
                    options.json,
                    spec.commandLine().getOut());
        }
        return ExitCodes.DONE;
    }
}
