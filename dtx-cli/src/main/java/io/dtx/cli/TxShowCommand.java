package io.dtx.cli;

import io.dtx.runtime.DtxOperator;
import io.dtx.runtime.TransactionHistory;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtx tx show}: one transaction, with all that has happened to it. */
@Command(
        name = "show",
        description = "Shows a transaction: each step, where it stands, and why what failed has failed.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done",
            " 1:the log does not know it: never begun, or forgotten after dtx.retention",
            ExitCodes.USAGE_TEXT,
            ExitCodes.LATER_TEXT,
            ExitCodes.BUG_TEXT
        })
final class TxShowCommand implements Callable<Integer> {

    @Mixin
    private final MembersOptions members = new MembersOptions();

    @Parameters(paramLabel = "ID", description = "the transaction's id, as logs and lists have it")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String id;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    TxShowCommand() {}

    @Override
    public Integer call() {
        TransactionHistory found;
        try (DtxOperator operator = members.connect()) {
            found = operator.transactions().show(Histories.id(id)).orElse(null);
        }
        if (found == null) {
            spec.commandLine()
                    .getErr()
                    .println("dtx: DTX-8013 the log does not know " + id
                            + ": it was never begun, or it has ended and dtx.retention is over");
            return ExitCodes.NO;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? Json.text(Histories.json(found)) + System.lineSeparator() : found.toString());
        out.flush();
        return ExitCodes.DONE;
    }
}
