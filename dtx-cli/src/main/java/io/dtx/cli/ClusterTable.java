package io.dtx.cli;

import io.dtx.runtime.ClusterMember;
import io.dtx.runtime.ClusterMember.Place;
import io.dtx.runtime.ClusterStatus;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a cluster, for people and for programs. */
final class ClusterTable {

    private static final long CLOCK_TOLD_MILLIS = 1_000;
    private static final long DISK_LOW_BYTES = 512L << 20;

    private ClusterTable() {}

    static void print(ClusterStatus status, boolean json, PrintWriter out) {
        if (json) {
            out.println(Json.text(json(status)));
        } else {
            print(status, out);
        }
        out.flush();
    }

    private static void print(ClusterStatus status, PrintWriter out) {
        Table table = new Table("ID", "ADDRESS", "ROLE", "ENTRY", "BEHIND", "CLOCK", "DISK FREE");
        for (ClusterMember each : status.members()) {
            boolean silent = each.place() == Place.SILENT;
            table.row(
                    each.id() == 0 ? "" : String.valueOf(each.id()),
                    each.address(),
                    each.place().name().toLowerCase(Locale.ROOT),
                    silent ? "" : String.valueOf(each.entry()),
                    silent ? "" : String.valueOf(each.behind()),
                    clock(each.clockAheadMillis()),
                    each.diskFreeBytes() < 0 ? "" : bytes(each.diskFreeBytes()));
        }
        out.println("cluster " + (status.cluster().isEmpty() ? "unknown: nobody answers" : status.cluster()));
        table.print(out);
        status.members().forEach(each -> printProblems(each, out));
        out.println(verdict(status));
    }

    private static void printProblems(ClusterMember member, PrintWriter out) {
        String who = (member.id() == 0 ? "" : member.id() + "@") + member.address() + ": ";
        if (member.problem() != null) {
            out.println(who + member.problem().replaceAll("\\p{Cntrl}", "?"));
        }
        Long clock = member.clockAheadMillis();
        if (clock != null && Math.abs(clock) >= 10 * CLOCK_TOLD_MILLIS) {
            out.println(who + "its clock differs from this machine's by " + clock(clock)
                    + "; nothing is decided by it, but set it: certificates end, and people read, by clocks");
        }
        if (member.diskFreeBytes() >= 0 && member.diskFreeBytes() < DISK_LOW_BYTES) {
            out.println(who + "its disk is nearly full: a member that cannot write stops");
        }
    }

    private static String verdict(ClusterStatus status) {
        int size = status.size();
        int answering = status.answering();
        if (status.leader().isEmpty()) {
            return "No member leads: nothing is begun or decided. " + answering + " of " + size + " answer"
                    + (size == 0 ? "" : ", and " + (size / 2 + 1) + " must") + ".";
        }
        if (size == 0) {
            return "A coordinator that keeps its log alone: while it is down, nothing is begun or decided.";
        }
        int spare = answering - (size / 2 + 1);
        String even = size % 2 == 0 ? " An even number of members survives no more failures than one less." : "";
        return answering + " of " + size + " members answer; "
                + (spare > 0 ? "it survives the loss of " + spare + "." : "it does not survive the loss of one.")
                + even;
    }

    /** The difference of a clock as people say it. */
    static String clock(@Nullable Long aheadMillis) {
        if (aheadMillis == null) {
            return "";
        }
        long millis = Math.abs(aheadMillis);
        if (millis < CLOCK_TOLD_MILLIS) {
            return "same";
        }
        long seconds = (millis + 500) / 1_000;
        String sign = aheadMillis > 0 ? "+" : "-";
        return seconds < 60
                ? sign + seconds + "s"
                : String.format("%s%d:%02d:%02d", sign, seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    static String bytes(long bytes) {
        return bytes >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1L << 20));
    }

    private static Map<String, @Nullable Object> json(ClusterStatus status) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("cluster", status.cluster());
        all.put("leader", status.leader().map(ClusterMember::id).orElse(null));
        all.put("size", status.size());
        all.put("answering", status.answering());
        all.put("members", status.members().stream().map(ClusterTable::json).toList());
        return all;
    }

    private static Map<String, @Nullable Object> json(ClusterMember member) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("id", member.id());
        all.put("address", member.address());
        all.put("role", member.place().name().toLowerCase(Locale.ROOT));
        all.put("problem", member.problem());
        all.put("entry", member.entry());
        all.put("behind", member.behind());
        all.put("clockAheadMillis", member.clockAheadMillis());
        all.put("diskFreeBytes", member.diskFreeBytes());
        return all;
    }
}
