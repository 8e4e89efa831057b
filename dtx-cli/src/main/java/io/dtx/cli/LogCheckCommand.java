package io.dtx.cli;

import io.dtx.runtime.log.file.CheckedFile;
import io.dtx.runtime.log.file.CheckedFile.Verdict;
import io.dtx.runtime.log.file.LogCheck;
import io.dtx.runtime.log.file.LogReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dtx log check}: every file of a log at rest, read and judged by the code of the next start. */
@Command(
        name = "check",
        description = {
            "Reads every file of a log that no process has open, as the next start would, and changes nothing.",
            "For damage it says file, byte, what is wrong and what to do."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:sound: the next start takes it, with all that was ever acknowledged",
            " 1:damaged: the next start refuses it",
            " 2:wrong arguments, or there is no log",
            " 3:not now: a process has it open, or the directory cannot be read",
            ExitCodes.BUG_TEXT
        })
final class LogCheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "the log's directory, or a copy of it")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path directory;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    LogCheckCommand() {}

    @Override
    public Integer call() throws IOException {
        LogReport report = LogCheck.of(directory);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(json(report)));
        } else {
            print(report, out);
        }
        out.flush();
        return report.isSound() ? ExitCodes.DONE : ExitCodes.NO;
    }

    private static void print(LogReport report, PrintWriter out) {
        Table table = new Table("FILE", "RECORDS", "FIRST", "LAST", "RESULT");
        for (CheckedFile each : report.files()) {
            boolean empty = each.records() == 0;
            table.row(
                    each.name(),
                    empty ? "" : String.valueOf(each.records()),
                    each.first() == 0 ? "" : String.valueOf(each.first()),
                    each.last() == 0 ? "" : String.valueOf(each.last()),
                    word(each.verdict()));
        }
        table.print(out);
        for (CheckedFile each : report.files()) {
            if (!each.text().isEmpty()) {
                String where = each.offset() < 0 ? "" : ", byte " + each.offset();
                out.println(each.name() + where + ": " + each.text());
            }
        }
        out.println();
        if (report.isSound()) {
            out.println("The log of cluster " + cluster(report) + " in " + report.directory() + " is sound"
                    + (report.last() == 0 ? "." : ", up to entry " + report.last() + "."));
        } else {
            out.println("The log in " + report.directory() + " is damaged. " + report.remedy());
        }
    }

    private static Map<String, Object> json(LogReport report) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("directory", report.directory().toString());
        all.put("cluster", cluster(report));
        all.put("sound", report.isSound());
        all.put("last", report.last());
        List<Map<String, Object>> files =
                report.files().stream().map(LogCheckCommand::json).toList();
        all.put("files", files);
        return all;
    }

    private static Map<String, Object> json(CheckedFile file) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", file.name());
        all.put("result", word(file.verdict()));
        all.put("records", file.records());
        all.put("first", file.first());
        all.put("last", file.last());
        if (file.offset() >= 0) {
            all.put("offset", file.offset());
        }
        if (!file.text().isEmpty()) {
            all.put("text", file.text());
        }
        return all;
    }

    private static String cluster(LogReport report) {
        return String.format("%016x", report.cluster());
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
