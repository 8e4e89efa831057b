package io.dtx.cli;

import io.dtx.runtime.DtxBackup;
import io.dtx.runtime.DtxOperator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtx backup}: a consistent copy of a log, taken while it runs. */
@Command(
        name = "backup",
        description = {
            "Writes the state of a coordinator log into one new file, with a checksum: of running members, which go on, or of",
            "the directory of a log that a process kept alone, which has ended. The file holds what transactions have",
            "recorded: keep it as carefully as the databases. It does not know what is decided afterwards."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the file is written, and was read again",
            " 1:no: the log is damaged",
            ExitCodes.USAGE_TEXT,
            " 3:not now: no member gives one, a process has the directory open, or the file cannot be written",
            ExitCodes.BUG_TEXT
        })
final class BackupCommand implements Callable<Integer> {

    @Mixin
    private final MembersOptions members = new MembersOptions();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "instead of members: the directory of a log that a process kept alone (dtx.log.dir)")
    private @Nullable Path directory;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Parameters(paramLabel = "FILE", description = "the file to make")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    BackupCommand() {}

    @Override
    public Integer call() {
        DtxBackup backup = take();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("file", backup.file().toAbsolutePath().toString());
            all.put("cluster", backup.cluster());
            all.put("entry", backup.entry());
            all.put("taken", backup.taken().toString());
            all.put("bytes", backup.bytes());
            out.println(Json.text(all));
        } else {
            out.println("wrote " + backup.file().toAbsolutePath() + ": log " + backup.cluster() + " at entry "
                    + backup.entry() + ", " + ClusterTable.bytes(backup.bytes()));
        }
        out.flush();
        return ExitCodes.DONE;
    }

    private DtxBackup take() {
        Path stopped = directory;
        if (stopped != null) {
            Map<String, String> settings = members.settings();
            TlsOptions.put(settings, "dtx.log.dir", stopped);
            return DtxBackup.ofDirectory(settings, file);
        }
        try (DtxOperator operator = members.connect()) {
            return operator.backup(file);
        }
    }
}
