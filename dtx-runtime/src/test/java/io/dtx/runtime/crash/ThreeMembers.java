package io.dtx.runtime.crash;

import io.dtx.runtime.DtxMember;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.ClusterIdentity;
import io.dtx.runtime.net.NetOptions;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.session.MembersLink;
import io.dtx.runtime.session.NetChannel;
import io.dtx.runtime.testdb.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A replicated log in this JVM, whose members end sessions that are silent for two seconds. */
public final class ThreeMembers implements AutoCloseable {

    private static final String SESSION = "2s";
    private static final long SESSION_MILLIS = 2_000;

    private final Path directory;
    private final List<Address> addresses = new ArrayList<>();
    private final List<@Nullable DtxMember> members = new ArrayList<>();

    /** Makes their directories in this one, and starts them. */
    public ThreeMembers(Path directory) throws IOException {
        this.directory = directory;
        for (int port : freePorts(3)) {
            addresses.add(new Address("127.0.0.1", port));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            names.add((i + 1) + "@" + addresses.get(i));
        }
        long cluster = new Random().nextLong() | 1;
        for (int i = 0; i < 3; i++) {
            DtxMember.create(path(i), cluster, names.get(i), names);
            members.add(null);
            open(i);
        }
    }

    /** Starts a member that has been stopped. */
    void open(int member) {
        members.set(
                member,
                DtxMember.start(Map.of(
                        "dtx.log",
                        "raft",
                        "dtx.log.dir",
                        path(member).toString(),
                        "dtx.member.listen",
                        addresses.get(member).toString(),
                        "dtx.session.timeout",
                        SESSION)));
    }

    /** Stops a member. */
    public void close(int member) {
        DtxMember ending = members.set(member, null);
        if (ending != null) {
            ending.close();
        }
    }

    /** Returns the one that leads; -1: none does now. */
    public int leader() {
        for (int i = 0; i < members.size(); i++) {
            DtxMember each = members.get(i);
            if (each != null && each.leads()) {
                return i;
            }
        }
        return -1;
    }

    /** Returns what an application is configured with that uses them. */
    public Map<String, String> configuration() {
        return Map.of(
                "dtx.log",
                "raft",
                "dtx.session.timeout",
                SESSION,
                "dtx.members",
                addresses.stream().map(Address::toString).collect(Collectors.joining(",")));
    }

    /** Returns a link to them, which is not open yet. */
    public MembersLink link() {
        Network network = Network.open(NetOptions.plaintext(Role.APPLICATION), new ClusterIdentity(0));
        return new MembersLink(NetChannel.to(addresses, network.client()), SESSION_MILLIS, network);
    }

    @Override
    public void close() {
        for (int i = 0; i < members.size(); i++) {
            close(i);
        }
    }

    private Path path(int member) {
        return directory.resolve("member" + member);
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            ports.add(FreePort.next());
        }
        return ports;
    }
}
