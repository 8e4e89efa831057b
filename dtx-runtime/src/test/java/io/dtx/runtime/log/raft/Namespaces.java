package io.dtx.runtime.log.raft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Machines with a network between them, as far as Linux can pretend: a network namespace for each, joined by a bridge. What one
 * sends to another is cut by giving it a wrong hardware address of that one: nobody is told, and nothing is refused.
 */
final class Namespaces implements AutoCloseable {

    private static final String NOBODY = "02:00:00:00:00:99";

    private final String prefix = "dtx" + ProcessHandle.current().pid();
    private final int size;
    private final Set<Way> cuts = new HashSet<>();

    private record Way(int from, int to) {}

    /** Makes so many. */
    Namespaces(int size) throws IOException, InterruptedException {
        this.size = size;
        ip("netns add " + prefix + "-sw");
        ip("-n " + prefix + "-sw link add br0 type bridge");
        ip("-n " + prefix + "-sw link set br0 up");
        for (int id = 1; id <= size; id++) {
            ip("netns add " + name(id));
            ip("-n " + prefix + "-sw link add v" + id + " type veth peer name eth0 netns " + name(id));
            ip("-n " + prefix + "-sw link set v" + id + " master br0 up");
            ip("-n " + name(id) + " addr add " + address(id) + "/24 dev eth0");
            ip("-n " + name(id) + " link set eth0 up");
            ip("-n " + name(id) + " link set lo up");
        }
    }

    /** Why there can be none here; null if there can. */
    static @Nullable String missing() throws InterruptedException {
        String probe = "dtx-probe" + ProcessHandle.current().pid();
        try {
            ip("netns add " + probe);
            ip("-n " + probe + " link add br0 type bridge");
            ip("netns del " + probe);
            return null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    String address(int id) {
        return "10.77.0." + id;
    }

    /** Returns the command that runs another one there. */
    List<String> enter(int id) {
        return List.of("ip", "netns", "exec", name(id));
    }

    /** Nothing that one sends reaches the other any more; the other way stays. */
    void cut(int from, int to) throws IOException, InterruptedException {
        ip("-n " + name(from) + " neigh replace " + address(to) + " lladdr " + NOBODY + " dev eth0 nud permanent");
        cuts.add(new Way(from, to));
    }

    void cutBoth(int one, int other) throws IOException, InterruptedException {
        cut(one, other);
        cut(other, one);
    }

    void heal() throws IOException, InterruptedException {
        for (Way each : cuts) {
            ip("-n " + name(each.from()) + " neigh del " + address(each.to()) + " dev eth0");
        }
        cuts.clear();
    }

    private String name(int id) {
        return prefix + "-" + id;
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (int id = 1; id <= size; id++) {
            ip("netns del " + name(id));
        }
        ip("netns del " + prefix + "-sw");
    }
}
