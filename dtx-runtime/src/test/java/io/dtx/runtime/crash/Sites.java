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

/** Where the members of a new cluster are, and how they and their applications are configured. */
final class Sites {

    private static final String SESSION = "2s";
    private static final long SESSION_MILLIS = 2_000;

    private final Path directory;
    private final List<Address> addresses = new ArrayList<>();

    /** Makes the directories of so many members in this one. */
    Sites(Path directory, int members) throws IOException {
        this.directory = directory;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            addresses.add(new Address("127.0.0.1", FreePort.next()));
            names.add((i + 1) + "@" + addresses.get(i));
        }
        long cluster = new Random().nextLong() | 1;
        for (int i = 0; i < members; i++) {
            DtxMember.create(path(i), cluster, names.get(i), names);
        }
    }

    /** Returns what a member is configured with. */
    Map<String, String> member(int number) {
        return Map.of(
                "dtx.log",
                "raft",
                "dtx.log.dir",
                path(number).toString(),
                "dtx.member.listen",
                addresses.get(number).toString(),
                "dtx.session.timeout",
                SESSION);
    }

    /** Returns what an application is configured with that uses them. */
    Map<String, String> application() {
        return Map.of(
                "dtx.log",
                "raft",
                "dtx.session.timeout",
                SESSION,
                "dtx.members",
                addresses.stream().map(Address::toString).collect(Collectors.joining(",")));
    }

    /** Returns a link to them, which is not open yet. */
    MembersLink link() {
        Network network = Network.open(NetOptions.plaintext(Role.APPLICATION), new ClusterIdentity(0));
        return new MembersLink(NetChannel.to(addresses, network.client()), SESSION_MILLIS, network);
    }

    private Path path(int member) {
        return directory.resolve("member" + member);
    }
}
