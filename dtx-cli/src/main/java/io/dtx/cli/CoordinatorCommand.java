package io.dtx.cli;

import io.dtx.runtime.DtxMember;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dtx coordinator}: a member in a process of its own, until it is told to stop, or its log stops. */
@Command(
        name = "coordinator",
        description = {
            "Keeps the coordinator log for applications with dtx.log=raft, until SIGTERM or Ctrl-C.",
            "Killed at any moment, it loses nothing that it has acknowledged: start it again on its directory."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:stopped by SIGTERM or Ctrl-C, and everything is closed",
            " 1:the log is damaged, or has stopped for an error of the disk",
            ExitCodes.USAGE_TEXT,
            " 3:not now: another process has the directory or the port",
            ExitCodes.BUG_TEXT
        })
final class CoordinatorCommand implements Callable<Integer> {

    @Option(names = "--dir", paramLabel = "DIR", description = "the log's directory (dtx.log.dir); default ./dtx-data")
    private @Nullable Path directory;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "where to listen (dtx.member.listen); default 127.0.0.1:7420; port 0: any free one")
    private @Nullable String listen;

    @Option(
            names = "--replicated",
            description = "the directory is that of a cluster's member, made by dtx cluster init (dtx.log=raft)")
    private boolean replicated;

    @Mixin
    private final TlsOptions tls = new TlsOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    CoordinatorCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> settings = tls.settings();
        TlsOptions.put(settings, "dtx.log.dir", directory);
        TlsOptions.put(settings, "dtx.member.listen", listen);
        TlsOptions.put(settings, "dtx.log", replicated ? "raft" : null);
        PrintWriter out = spec.commandLine().getOut();
        DtxMember member = DtxMember.start(settings);
        CompletableFuture<Boolean> end = new CompletableFuture<>(); // whether somebody wants it to end
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endCleanly(end, closed), "dtx-shutdown"));
        var unused = member.stopped().thenRun(() -> end.complete(false));
        out.println("dtx coordinator of cluster " + member.cluster() + " listens on port " + member.port()
                + "; SIGTERM or Ctrl-C ends it");
        out.flush();
        boolean wanted = end.join();
        member.close();
        out.println(wanted ? "dtx coordinator is closed" : "dtx coordinator ends: its log has stopped, see above");
        out.flush();
        closed.countDown();
        return wanted ? ExitCodes.DONE : ExitCodes.NO;
    }

    /** Of the JVM's shutdown, which would else end with a code that says that a signal has come. */
    private static void endCleanly(CompletableFuture<Boolean> end, CountDownLatch closed) {
        if (!end.complete(true)) {
            return; // it ends by itself, with a code of its own
        }
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCodes.DONE);
    }
}
