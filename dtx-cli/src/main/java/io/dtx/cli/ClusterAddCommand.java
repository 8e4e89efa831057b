package io.dtx.cli;

import io.dtx.runtime.DtxOperator;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtx cluster add}: one member more. */
@Command(
        name = "add",
        description = {
            "Adds a member that waits for it: its directory was made by dtx cluster join, and it runs. It catches up first; then",
            "it is one of those of which a majority decides. To repeat the command does no harm."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:it is a member",
            ChangeOptions.NO_TEXT,
            ExitCodes.USAGE_TEXT,
            ChangeOptions.GOES_ON_TEXT,
            ExitCodes.BUG_TEXT
        })
final class ClusterAddCommand implements Callable<Integer> {

    @Mixin
    private final ChangeOptions options = new ChangeOptions();

    @Parameters(paramLabel = "ID@HOST:PORT", description = "the member; an id that none has or has had")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String member;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    ClusterAddCommand() {}

    @Override
    public Integer call() {
        try (DtxOperator operator = options.members.connect()) {
            operator.cluster()
                    .add(
                            member,
                            options.timeout(Duration.ofMinutes(10)),
                            new CatchingUp(member, spec.commandLine().getErr()));
            ClusterTable.print(
                    operator.cluster().status(),
                    options.json,
                    spec.commandLine().getOut());
        }
        return ExitCodes.DONE;
    }
}
