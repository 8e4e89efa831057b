package io.dtx.cli;

import io.dtx.TransactionStatus;
import io.dtx.runtime.DtxOperator;
import io.dtx.runtime.MemberStatus;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dtx status}: each member, as it sees things itself. */
@Command(
        name = "status",
        description = {
            "Asks each member: does it answer, does it lead, who has a session, how many transactions are there.",
            "A member that does not lead may be behind."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:a member leads",
            ExitCodes.USAGE_TEXT,
            " 3:no member answers that it leads",
            ExitCodes.BUG_TEXT
        })
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private final MembersOptions members = new MembersOptions();

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    StatusCommand() {}

    @Override
    public Integer call() {
        List<MemberStatus> answers;
        try (DtxOperator operator = members.connect()) {
            answers = operator.members();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(answers.stream().map(StatusCommand::json).toList()));
        } else {
            print(answers, out);
        }
        out.flush();
        return answers.stream().anyMatch(MemberStatus::leads) ? ExitCodes.DONE : ExitCodes.LATER;
    }

    private static void print(List<MemberStatus> answers, PrintWriter out) {
        Table table = new Table("MEMBER", "ROLE", "CLUSTER", "ENTRY", "SESSIONS", "OPEN", "PARKED", "FINISHED");
        for (MemberStatus each : answers) {
            if (each.problem() != null) {
                table.row(each.address(), "silent", "", "", "", "", "", "");
            } else {
                table.row(
                        each.address(),
                        each.leads() ? "leads" : "follows",
                        each.cluster(),
                        String.valueOf(each.entry()),
                        String.valueOf(each.sessions().size()),
                        String.valueOf(open(each)),
                        String.valueOf(parked(each)),
                        String.valueOf(finished(each)));
            }
        }
        table.print(out);
        for (MemberStatus each : answers) {
            if (each.problem() != null) {
                out.println(each.address() + ": " + each.problem());
            }
        }
        answers.stream().filter(MemberStatus::leads).findFirst().ifPresent(leader -> printLeader(leader, out));
    }

    private static void printLeader(MemberStatus leader, PrintWriter out) {
        if (!leader.sessions().isEmpty()) {
            out.println();
            Table table = new Table("SESSION", "APPLICATION", "NODE", "SINCE");
            for (MemberStatus.OpenSession each : leader.sessions()) {
                table.row(
                        Long.toString(each.id(), Character.MAX_RADIX),
                        each.application(),
                        each.node(),
                        each.opened().truncatedTo(ChronoUnit.SECONDS).toString());
            }
            table.print(out);
        }
        if (parked(leader) > 0) {
            out.println();
            out.println("Parked transactions wait for somebody: dtx tx list --status PARKED");
        }
    }

    private static Map<String, @Nullable Object> json(MemberStatus member) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("address", member.address());
        all.put("problem", member.problem());
        all.put("leads", member.leads());
        all.put("term", member.term());
        all.put("cluster", member.cluster());
        all.put("entry", member.entry());
        all.put("open", open(member));
        all.put("parked", parked(member));
        all.put("finished", finished(member));
        Map<String, Long> statuses = new TreeMap<>();
        member.transactions().forEach((status, count) -> statuses.put(status.name(), count));
        all.put("transactions", statuses);
        all.put("takenOver", member.takenOver());
        all.put("sessions", member.sessions().stream().map(StatusCommand::json).toList());
        return all;
    }

    private static Map<String, Object> json(MemberStatus.OpenSession session) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", session.id());
        all.put("application", session.application());
        all.put("node", session.node());
        all.put("opened", session.opened().toString());
        return all;
    }

    private static long open(MemberStatus member) {
        return count(member, false) - parked(member);
    }

    private static long parked(MemberStatus member) {
        return member.transactions().getOrDefault(TransactionStatus.PARKED, 0L);
    }

    private static long finished(MemberStatus member) {
        return count(member, true);
    }

    private static long count(MemberStatus member, boolean ended) {
        return member.transactions().entrySet().stream()
                .filter(each -> each.getKey().isFinal() == ended)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
