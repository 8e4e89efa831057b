package io.dtx.runtime.log.raft;

import io.dtx.TransactionId;
import io.dtx.runtime.log.AppendUnknownException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.ClusterIdentity;
import io.dtx.runtime.net.NetOptions;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.net.Service;
import io.dtx.runtime.net.TlsFiles;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A member in a process of its own: it does what it is told on its standard input, line by line, and answers on its standard
 * output. Beside the answers it says what it has applied: the index and the digest of all entries up to it. Where bugs are planted,
 * it reads without a barrier, and acknowledges before the commit.
 */
final class MemberProcess {

    private static final TransactionId ID = new TransactionId(1, 1, 1);

    private final Path directory;
    private final boolean planted;
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AuditedReplica replica;
    private final RaftLog log;
    private final Network network;

    private MemberProcess(Map<String, String> settings) {
        this.directory = Path.of(settings.get("directory"));
        this.planted = Boolean.parseBoolean(settings.get("planted"));
        this.replica = new AuditedReplica(new Said(), wrong, Long.parseLong(settings.get("keep")));
        this.network = Network.open(options(settings), new ClusterIdentity(TestCluster.CLUSTER));
        this.log = new RaftLog(
                new RaftSettings(
                        directory,
                        RaftSettings.ELECTION_TIMEOUT_MILLIS,
                        64 << 10,
                        Long.parseLong(settings.get("snapshot-bytes"))),
                network.client());
        Member self = Member.parse(settings.get("self"));
        network.listen(new Address(self.host(), self.port()), Map.of(Service.RAFT, log.requestHandler()));
    }

    private static NetOptions options(Map<String, String> settings) {
        return settings.containsKey("key")
                ? NetOptions.tls(new TlsFiles(
                        Path.of(settings.get("key")),
                        Path.of(settings.get("chain")),
                        Path.of(settings.get("authorities"))))
                : NetOptions.plaintext(Role.MEMBER).withPlaintextAnywhere(true);
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings = new HashMap<>();
        for (String each : arguments) {
            int at = each.indexOf('=');
            settings.put(each.substring(0, at), each.substring(at + 1));
        }
        new MemberProcess(settings).run();
    }

    private void run() throws IOException {
        log.start(new Telling());
        say("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            String number = words[0];
            try {
                answer(number, words[1], words.length > 2 ? words[2] : "");
            } catch (LogUnavailableException | IllegalArgumentException | IllegalStateException e) {
                say(number, "no " + e);
            } catch (RuntimeException e) {
                say(number, "failed " + e);
            }
        }
        System.exit(0); // its parent has gone
    }

    private void answer(String number, String command, String argument) throws IOException {
        switch (command) {
            case "append" -> append(number, Long.parseLong(argument));
            case "read" -> read(number, Long.parseLong(argument));
            case "state" ->
                say(number, replica.lastIndex() + " " + replica.digest() + " " + replica.restores() + " " + wrong);
            case "members" ->
                say(
                        number,
                        log.membership().members().stream()
                                .map(each -> String.valueOf(each.id()))
                                .collect(Collectors.joining(",")));
            case "add" -> tellOf(number, log.membership().add(Member.parse(argument)));
            case "remove" -> tellOf(number, log.membership().remove(Integer.parseInt(argument)));
            case "transfer" -> {
                log.membership().transferLeadershipTo(Integer.parseInt(argument));
                say(number, "ok");
            }
            case "audit" -> audit(number, Path.of(argument));
            case "size" -> size(number);
            case "close" -> {
                log.close();
                network.close();
                say(number, "ok");
                System.exit(0);
            }
            default -> throw new IllegalArgumentException(command);
        }
    }

    private void append(String number, long step) {
        LogCommand finish = new LogCommand.FinishStep(ID, step, content(step));
        var answer = log.append(List.of(new SessionBatch(1, 1, 1, List.of(finish))));
        if (planted) {
            say(number, "ok");
        } else {
            tellOf(number, answer);
        }
    }

    private void read(String number, long step) {
        if (planted) {
            say(number, replica.place(step) == null ? "without" : "with");
        } else {
            var unused = log.readBarrier()
                    .whenComplete((done, e) ->
                            say(number, e != null ? told(e) : replica.place(step) == null ? "without" : "with"));
        }
    }

    private static void tellOf(String number, CompletableFuture<?> work) {
        var unused = work.whenComplete((done, failure) -> say(number, told(failure)));
    }

    private static String told(Throwable failure) {
        if (failure == null) {
            return "ok";
        }
        Throwable cause =
                failure.getCause() == null || failure instanceof LogUnavailableException ? failure : failure.getCause();
        return (cause instanceof AppendUnknownException
                        ? "unknown "
                        : cause instanceof LogUnavailableException ? "no " : "failed ")
                + cause;
    }

    /** Reads every step from the log, and writes down which there are. */
    private void audit(String number, Path to) throws IOException {
        List<String> steps = new ArrayList<>();
        for (Map.Entry<Long, Payload> each : replica.steps().entrySet()) {
            steps.add(String.valueOf(each.getKey()));
            if (!Arrays.equals(content(each.getKey()), log.read(each.getValue()))) {
                wrong.add("step " + each.getKey() + " is another one");
            }
        }
        Files.write(to, steps);
        say(number, String.valueOf(wrong));
    }

    /** Says how many bytes its heap and its directory hold. */
    private void size(String number) throws IOException {
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        long files = 0;
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path each : paths.toList()) {
                files += Files.exists(each) ? Files.size(each) : 0;
            }
        }
        say(number, heap + " " + files + " " + Thread.activeCount());
    }

    static byte[] content(long step) {
        byte[] bytes = new byte[(int) (20 + step % 200)];
        new Random(step).nextBytes(bytes);
        return bytes;
    }

    private static void say(String number, String answer) {
        say("answer " + number + " " + answer.replace('\n', ' '));
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** Takes digests, and says them. */
    private static final class Said extends ConcurrentHashMap<Long, Long> {

        private static final long serialVersionUID = 1;

        @Override
        public Long putIfAbsent(Long index, Long digest) {
            say("applied " + index + " " + digest);
            return null;
        }
    }

    /** Says who leads, and that it has failed. */
    private final class Telling implements Replica {

        @Override
        public void restore(Snapshot snapshot) {
            replica.restore(snapshot);
        }

        @Override
        public void onCommitted(LogEntry entry) {
            replica.onCommitted(entry);
        }

        @Override
        public Snapshot snapshot() {
            return replica.snapshot();
        }

        @Override
        public void onLeader(long term) {
            replica.onLeader(term);
            say("leads");
        }

        @Override
        public void onFollower() {
            replica.onFollower();
            say("follows");
        }

        @Override
        public void onFailed(Throwable cause) {
            replica.onFailed(cause);
            say("halted " + cause);
        }
    }
}
