package io.dtx.runtime.log.raft;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** A {@link MemberProcess} as its parent sees it, from its start to its end. Thread-safe. */
final class MemberHandle {

    private static final int BUSY = 50; // far more would fill the way to a process that stands still
    private static final long PATIENCE_SECONDS = 60;

    private final Member member;
    private final Process process;
    private final Path errors;
    private final OutputStream in;
    private final BiConsumer<Long, Long> applied;
    private final Map<String, CompletableFuture<String>> questions = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile boolean leads;
    private volatile boolean paused;
    private volatile boolean ended;
    private volatile String halted = "";

    private MemberHandle(Member member, Process process, Path errors, BiConsumer<Long, Long> applied) {
        this.member = member;
        this.errors = errors;
        this.process = process;
        this.in = process.getOutputStream();
        this.applied = applied;
        Thread reader = new Thread(this::read, "reader of member " + member.id());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts one.
     *
     * @param within a command that runs others, such as one that enters a network of its own
     * @param classPath what the process is made of
     * @param settings what the process is told, as {@code key=value}
     * @param applied takes the index and the digest of everything that it applies
     */
    static MemberHandle start(
            Member member,
            List<String> within,
            String classPath,
            Map<String, String> settings,
            Path errors,
            BiConsumer<Long, Long> applied)
            throws IOException {
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Xmx128m",
                "-cp",
                classPath,
                MemberProcess.class.getName(),
                "self=" + member));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        return new MemberHandle(member, process, errors, applied);
    }

    Member member() {
        return member;
    }

    boolean leads() {
        return leads && !ended;
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether it has left many questions without an answer. */
    boolean isBusy() {
        return questions.size() > BUSY;
    }

    /** Why it has halted; empty if it has not. */
    String halted() {
        return halted;
    }

    void awaitReady() throws InterruptedException {
        if (!ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || ended) {
            throw new AssertionError("member " + member + (ended ? " ended: " : " did not start: ") + said());
        }
    }

    /** The end of what it has written to its standard error. */
    String said() {
        try {
            String said = Files.readString(errors);
            return said.substring(Math.max(0, said.length() - 3_000));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Asks it something; the answer fails if the process ends before. */
    CompletableFuture<String> ask(String question) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        String number = String.valueOf(numbers.incrementAndGet());
        questions.put(number, answer);
        byte[] line = (number + " " + question + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (in) {
                in.write(line);
                in.flush();
            }
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
        if (ended) {
            answer.completeExceptionally(new IOException("it has ended"));
        }
        return answer;
    }

    /** Asks and waits. */
    String answer(String question) throws IOException, InterruptedException {
        try {
            return ask(question).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("member " + member + " did not answer " + question, e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("member " + member + " never answered " + question, e);
        }
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ", 3);
                switch (words[0]) {
                    case "answer" -> {
                        CompletableFuture<String> asked = questions.remove(words[1]);
                        if (asked != null) {
                            asked.complete(words[2]);
                        }
                    }
                    case "applied" -> {
                        if (words.length == 3 && words[2].matches("-?\\d+")) {
                            applied.accept(Long.valueOf(words[1]), Long.valueOf(words[2]));
                        }
                    }
                    case "leads" -> leads = true;
                    case "follows" -> leads = false;
                    case "halted" -> halted = line;
                    default -> ready.countDown();
                }
            }
        } catch (IOException e) {
            halted = String.valueOf(e);
        } finally {
            ended = true;
            ready.countDown();
            questions.values().forEach(each -> each.completeExceptionally(new IOException("it has ended")));
        }
    }

    /** Ends it in the middle of whatever it does. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    void pause() throws IOException, InterruptedException {
        paused = true;
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
        paused = false;
    }

    /** Lets it close its log and end. */
    void close() throws InterruptedException {
        var unused = ask("close");
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("member " + member + " does not end");
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor()
                != 0) {
            throw new AssertionError("kill -" + name + " failed");
        }
    }
}
