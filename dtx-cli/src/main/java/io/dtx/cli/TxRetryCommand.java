package io.dtx.cli;

import io.dtx.TransactionId;
import io.dtx.runtime.DtxOperator;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtx tx retry}: a parked transaction goes on. */
@Command(
        name = "retry",
        description = {
            "Lets a parked transaction go on with its compensations, in whichever application can run them.",
            "Mend first what made them fail: dtx tx show says it.",
            "If the log was restored from a backup, a transaction that was committed after the backup looks open in it, and a retry"
                    + " undoes it: look at the data first. What was decided to commit (dtx tx show says it) is refused: finish it by"
                    + " hand, and resolve it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:it goes on; dtx tx show says where it stands",
            " 1:no: it is not parked, not known, was decided to commit, or has nothing to undo",
            ExitCodes.USAGE_TEXT,
            ExitCodes.LATER_TEXT,
            ExitCodes.BUG_TEXT
        })
final class TxRetryCommand implements Callable<Integer> {

    @Mixin
    private final MembersOptions members = new MembersOptions();

    @Parameters(paramLabel = "ID", description = "the transaction's id")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String id;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    TxRetryCommand() {}

    @Override
    public Integer call() {
        TransactionId transaction = Histories.id(id);
        try (DtxOperator operator = members.connect()) {
            operator.transactions().retry(transaction);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(transaction + " goes on");
        out.flush();
        return ExitCodes.DONE;
    }
}
