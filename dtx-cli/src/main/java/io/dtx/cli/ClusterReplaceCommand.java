package io.dtx.cli;

import io.dtx.runtime.DtxOperator;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtx cluster replace}: another member in the place of one. */
@Command(
        name = "replace",
        description = {
            "Adds a member and removes another one: for a machine or a disk that is lost. The new one was made by dtx cluster join,",
            "and runs. At the same address as the old one, which must be ended then, the old one is removed first: if the new one",
            "cannot be added then, the command says so, and dtx cluster add goes on. To repeat the command does no harm."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:it is done",
            ChangeOptions.NO_TEXT + ", unless the message says what was",
            ExitCodes.USAGE_TEXT,
            ChangeOptions.GOES_ON_TEXT,
            ExitCodes.BUG_TEXT
        })
final class ClusterReplaceCommand implements Callable<Integer> {

    @Mixin
    private final ChangeOptions options = new ChangeOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "the id of the member that goes")
    private int id;

    @Parameters(
            index = "1",
            paramLabel = "ID@HOST:PORT",
            description = "the one that comes; an id that none has or has had")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String member;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    ClusterReplaceCommand() {}

    @Override
    public Integer call() {
        try (DtxOperator operator = options.members.connect()) {
            operator.cluster()
                    .replace(
                            id,
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
