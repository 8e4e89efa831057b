package io.dtx.cli;

import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.DtxOperator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtx tx resolve}: a transaction that waits for somebody ends as they have left things by hand. */
@Command(
        name = "resolve",
        description = {
            "Ends a transaction for good that waits for somebody, when things have been put right by hand: one that is PARKED, if a"
                    + " retry cannot help or must not be, or one that is HEURISTIC_MIXED.",
            "HEURISTIC_MIXED: a resource has ended its part of a two-phase commit against the decision, so the databases differ."
                    + " dtx tx show says which one did what. Compare and repair the data first; there is nothing to retry. It stays"
                    + " HEURISTIC_MIXED in the lists, with OUTCOME and TEXT beside it, until dtx.retention is over.",
            "PARKED with the decision COMMIT: only in a log that was restored from a backup. Finish it by hand first: commit the"
                    + " branches that are still prepared in its databases, or do what the saga has not done yet. This command"
                    + " closes it in the log and touches no branch.",
            "A step with a resource that has not ended is closed in that database first, so that nothing of it can take effect later:"
                    + " name the database by --resource, and the jar of its driver by --driver. Or resolve the transaction in an"
                    + " application that has the resource, by Dtx.transactions().resolve.",
            "Arguments can be in a file, one on each line: dtx tx resolve @FILE. So a password is not seen among the processes."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:it is resolved",
            " 1:no: it does not wait for anybody, is not known, or has a step to be closed in a database that is not given",
            ExitCodes.USAGE_TEXT,
            ExitCodes.LATER_TEXT,
            ExitCodes.BUG_TEXT
        })
final class TxResolveCommand implements Callable<Integer> {

    @Mixin
    private final MembersOptions members = new MembersOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "the transaction's id")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String id;

    @Parameters(index = "1", paramLabel = "OUTCOME", description = "how things were left: COMMITTED or COMPENSATED")
    @SuppressWarnings("NullAway.Init") // by picocli
    private TransactionStatus outcome;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why; kept with the transaction")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String reason;

    @Option(
            names = "--resource",
            paramLabel = "NAME=jdbc:…",
            description =
                    "a database in which the transaction has a step, under the name that the application gives it, with what it"
                            + " takes to be let in, such as stock=jdbc:postgresql://db/stock?user=dtx&password=…; may be repeated")
    private Map<String, String> resources = Map.of();

    @Option(names = "--driver", paramLabel = "JAR", description = "the databases' driver; may be repeated")
    private List<Path> drivers = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    TxResolveCommand() {}

    @Override
    public Integer call() {
        TransactionId transaction = Histories.id(id);
        Drivers known = Drivers.of(drivers);
        try (DtxOperator operator = members.connect()) {
            resources.forEach((name, url) -> operator.resource(name, known.database(name, url)));
            operator.transactions().resolve(transaction, outcome, reason);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(transaction + " is resolved as " + outcome);
        out.flush();
        return ExitCodes.DONE;
    }
}
