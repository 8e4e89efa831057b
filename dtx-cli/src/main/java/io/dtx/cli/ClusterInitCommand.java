package io.dtx.cli;

import io.dtx.runtime.DtxMember;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dtx cluster init}: the directory of one of the members with which a cluster begins. */
@Command(
        name = "init",
        description = {
            "Makes the directory of one of the members with which a new cluster begins; run it once for each of them, with",
            "the same members, and from the second one on with the cluster that the first one has printed. Or makes, by",
            "--from, the directory of a coordinator that was alone that of a first member, to which others are added.",
            "Then start each by: dtx coordinator --replicated --dir DIR --listen HOST:PORT",
            "Never for a member that has lost its directory: it has forgotten its votes, and what was acknowledged could be lost.",
            "It comes back under a new id: dtx cluster join, then dtx cluster replace."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the directory is made",
            ExitCodes.USAGE_TEXT,
            " 3:not now: the directory holds something, or cannot be used",
            ExitCodes.BUG_TEXT
        })
final class ClusterInitCommand implements Callable<Integer> {

    @Option(names = "--dir", paramLabel = "DIR", description = "the member's directory, empty or not there")
    private @Nullable Path directory;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description =
                    "instead: the directory of a log that a process kept alone, which has ended; it stays in place")
    private @Nullable Path from;

    @Option(
            names = "--self",
            required = true,
            paramLabel = "ID@HOST:PORT",
            description = "this member; the address is where the others reach it")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String self;

    @Option(
            names = "--members",
            split = ",",
            paramLabel = "ID@HOST:PORT",
            description = "all members, this one included: one, three or five")
    private List<String> members = List.of();

    @Option(names = "--cluster", paramLabel = "HEX", description = "the cluster's name; without it a new one is drawn")
    private @Nullable String cluster;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    ClusterInitCommand() {}

    @Override
    public Integer call() {
        Path embedded = from;
        Path empty = directory;
        if ((embedded == null) == (empty == null)) {
            throw new UsageException("DTX-8021 name a directory: --dir for a new one, or --from for that of a process");
        }
        return embedded == null ? create(Objects.requireNonNull(empty)) : adopt(embedded);
    }

    private int adopt(Path embedded) {
        if (!members.isEmpty() || cluster != null) {
            throw new UsageException("DTX-8021 with --from there is one member, and the cluster has the log's name:"
                    + " leave --members and --cluster away, and add the others later");
        }
        DtxMember.adopt(embedded, self);
        PrintWriter out = spec.commandLine().getOut();
        out.println(embedded.toAbsolutePath().normalize() + " is that of member " + self + " now; start it, then let"
                + " others join: dtx cluster status prints the cluster's name");
        out.flush();
        return ExitCodes.DONE;
    }

    private int create(Path empty) {
        if (members.size() != 1 && members.size() != 3 && members.size() != 5) {
            throw new UsageException("DTX-8014 a cluster begins with one, three or five members, not " + members.size()
                    + ": an even number survives no more failures, and takes one more to agree");
        }
        long name = name();
        DtxMember.create(empty, name, self, members);
        PrintWriter out = spec.commandLine().getOut();
        out.println("made member " + self + " of cluster " + String.format("%016x", name) + " in "
                + empty.toAbsolutePath().normalize());
        if (cluster == null && members.size() > 1) {
            out.println("make the others with the same --members, and --cluster " + String.format("%016x", name));
        }
        out.flush();
        return ExitCodes.DONE;
    }

    private long name() {
        String given = cluster;
        if (given == null) {
            long drawn = new SecureRandom().nextLong();
            return drawn == 0 ? 1 : drawn;
        }
        return name(given);
    }

    /** Reads the name of a cluster. */
    static long name(String text) {
        try {
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "DTX-8015 --cluster takes the 16 hexadecimal digits that the first init has printed, and the status");
        }
    }
}
