package io.dtx.cli;

import io.dtx.runtime.DtxBackup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtx restore}: a new log out of a backup. */
@Command(
        name = "restore",
        description = {
            "Makes the directory of a new log out of a backup: for the time when the log itself is lost. Before it: end all",
            "processes of the old log. After it, and before any application uses the new one: run the UPDATE that this command",
            "prints in every database of the applications; it keeps old processes from committing guarded steps.",
            "The log has a new name, and every transaction that was open is PARKED, for the databases have gone on since, and what",
            "was decided after the backup is not in it. Look at the data of each, then undo it by dtx tx retry, or close it by",
            "dtx tx resolve; a retry parks again with DTX-3036 what cannot be told any more.",
            "The directory is that of a log that is alone; dtx cluster init --from DIR makes it that of a first member."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the directory is made",
            " 1:no: the file is not whole, or no backup",
            ExitCodes.USAGE_TEXT,
            " 3:not now: the directory holds something, or cannot be written, or the file cannot be read",
            ExitCodes.BUG_TEXT
        })
final class RestoreCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "what dtx backup has written")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path file;

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "the directory to make, empty or not there")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path directory;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    RestoreCommand() {}

    @Override
    public Integer call() {
        DtxBackup.Restoration made = DtxBackup.restore(file, directory);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("directory", directory.toAbsolutePath().toString());
            all.put("cluster", made.cluster());
            all.put("former", made.former());
            all.put("parked", made.parked());
            all.put("fence", made.fencingSql());
            out.println(Json.text(all));
        } else {
            out.println("made log " + made.cluster() + " in " + directory.toAbsolutePath() + "; " + made.parked()
                    + " transactions were open, and are parked");
            out.println("Before an application uses it: end every process of log " + made.former()
                    + ", and in every database of its applications run");
            out.println("  " + made.fencingSql() + ";");
            if (made.parked() > 0) {
                out.println(
                        "Afterwards look at each transaction of dtx tx list --status PARKED, and retry or resolve it.");
            }
        }
        out.flush();
        return ExitCodes.DONE;
    }
}
