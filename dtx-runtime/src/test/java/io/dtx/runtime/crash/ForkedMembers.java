package io.dtx.runtime.crash;

import io.dtx.runtime.session.MembersLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** As {@link ThreeMembers}, each in a process of its own, which can be killed, or stopped and woken up. */
public final class ForkedMembers implements AutoCloseable {

    private static final int MEMBERS = 3;

    private final Path directory;
    private final Sites sites;
    private final List<@Nullable Fork> processes = new ArrayList<>();

    /** Makes their directories in this one, and starts them. */
    public ForkedMembers(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        sites = new Sites(directory, MEMBERS);
        for (int i = 0; i < MEMBERS; i++) {
            processes.add(null);
            start(i);
        }
        for (Fork each : processes) {
            if (each != null) {
                each.awaitLine("SERVES");
            }
        }
    }

    /** Starts one that was killed. */
    public void start(int member) throws IOException {
        Map<String, String> settings = new HashMap<>(sites.member(member));
        settings.put("leads", leads(member).toString());
        processes.set(member, Fork.start(ForkedMember.class, directory, settings));
    }

    /** Kills one with -9. */
    public void kill(int member) throws IOException, InterruptedException {
        Fork process = processes.set(member, null);
        if (process != null) {
            process.signal("KILL");
            process.await();
            Files.deleteIfExists(leads(member));
        }
    }

    /** Stops one, until it is continued. What it said of itself before holds no longer. */
    public void stop(int member) throws IOException, InterruptedException {
        signal(member, "STOP");
    }

    /** Lets one go on that was stopped. */
    public void wakeUp(int member) throws IOException, InterruptedException {
        signal(member, "CONT");
    }

    private void signal(int member, String name) throws IOException, InterruptedException {
        Fork process = processes.get(member);
        if (process != null) {
            process.signal(name);
        }
    }

    /** Returns the numbers of all but one. */
    public List<Integer> others(int member) {
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            if (i != member) {
                others.add(i);
            }
        }
        return others;
    }

    /** Returns the one that leads, by its own word; -1: none says so. */
    public int leader() {
        for (int i = 0; i < MEMBERS; i++) {
            if (Files.exists(leads(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Returns what an application is configured with that uses them. */
    public Map<String, String> configuration() {
        return sites.application();
    }

    /** Returns a link to them, which is not open yet. */
    public MembersLink link() {
        return sites.link();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (int i = 0; i < MEMBERS; i++) {
            kill(i);
        }
    }

    private Path leads(int member) {
        return directory.resolve("leads" + member);
    }
}
