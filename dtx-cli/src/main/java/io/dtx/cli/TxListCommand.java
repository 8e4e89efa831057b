package io.dtx.cli;

import io.dtx.TransactionStatus;
import io.dtx.runtime.DtxOperator;
import io.dtx.runtime.TransactionHistory;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dtx tx list}: what the log still knows. */
@Command(
        name = "list",
        description = {
            "Lists transactions, oldest first: open and parked ones, and finished ones for dtx.retention.",
            "It sees everything that was answered to anybody before."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:done, also if there is none", ExitCodes.USAGE_TEXT, ExitCodes.LATER_TEXT, ExitCodes.BUG_TEXT
        })
final class TxListCommand implements Callable<Integer> {

    @Mixin
    private final MembersOptions members = new MembersOptions();

    @Option(
            names = "--status",
            split = ",",
            paramLabel = "STATUS",
            description = "only those of a status, or several: ${COMPLETION-CANDIDATES}")
    private final Set<TransactionStatus> statuses = new TreeSet<>();

    @Option(names = "--name", paramLabel = "NAME", description = "only those of a name, such as OrderService.place")
    private @Nullable String name;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "at most so many; default ${DEFAULT-VALUE}")
    private int limit = 100;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    TxListCommand() {}

    @Override
    public Integer call() {
        try (DtxOperator operator = members.connect()) {
            List<TransactionHistory> found = operator.transactions().list(this::isWanted);
            List<TransactionHistory> shown = found.subList(0, Math.min(Math.max(limit, 0), found.size()));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.text(shown.stream().map(Histories::json).toList()));
            } else {
                print(shown, found.size(), out);
            }
            out.flush();
        }
        return ExitCodes.DONE;
    }

    private boolean isWanted(TransactionHistory transaction) {
        return (statuses.isEmpty() || statuses.contains(transaction.status()))
                && (name == null || name.equals(transaction.name()));
    }

    private static void print(List<TransactionHistory> shown, int found, PrintWriter out) {
        Table table = new Table("ID", "NAME", "STATUS", "BEGAN", "STEPS");
        for (TransactionHistory each : shown) {
            table.row(
                    each.id().toString(),
                    each.name(),
                    each.status().name(),
                    each.began().truncatedTo(ChronoUnit.SECONDS).toString(),
                    String.valueOf(each.steps().size()));
        }
        table.print(out);
        if (found > shown.size()) {
            out.println((found - shown.size()) + " more: raise --limit, or ask for a --status or --name");
        }
    }
}
