package io.dtx.runtime;

import io.dtx.DtxException;
import io.dtx.runtime.coordinator.CoordinatorLink;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.ClusterIdentity;
import io.dtx.runtime.net.NetOptions;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.net.TlsFiles;
import io.dtx.runtime.session.MembersLink;
import io.dtx.runtime.session.NetChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the configuration says of the network and of the members behind it. */
final class Members {

    private Members() {}

    /** Returns a link to the members that are configured, not open yet. */
    static CoordinatorLink link(DtxConfig config) {
        List<Address> members = addresses(config);
        Network network = network(config, Role.APPLICATION, new ClusterIdentity(0));
        return new MembersLink(
                NetChannel.to(members, network.client()), config.millis(Setting.SESSION_TIMEOUT), network);
    }

    /** Opens the network of a process that has this role where there is no certificate to say it. */
    static Network network(DtxConfig config, Role plainRole, ClusterIdentity cluster) {
        try {
            return Network.open(options(config, plainRole), cluster);
        } catch (NoClassDefFoundError e) {
            throw new DtxException(
                    null,
                    "DTX-1022 a cluster's members are reached through Netty, which is not on the class path: add"
                            + " io.netty:netty-handler.",
                    e);
        } catch (IllegalArgumentException e) {
            throw new DtxException(null, String.valueOf(e.getMessage()), e);
        }
    }

    private static NetOptions options(DtxConfig config, Role plainRole) {
        List<Setting> files = List.of(Setting.TLS_KEY, Setting.TLS_CERTIFICATE, Setting.TLS_AUTHORITIES);
        List<String> missing = files.stream()
                .filter(each -> config.text(each).isEmpty())
                .map(each -> each.key)
                .toList();
        if (missing.size() == files.size()) {
            boolean anywhere = config.oneOf(Setting.PLAINTEXT, "true", "false").equals("true");
            return NetOptions.plaintext(plainRole).withPlaintextAnywhere(anywhere);
        }
        if (!missing.isEmpty()) {
            throw new DtxException(
                    null, "DTX-1023 TLS needs three files; also set " + String.join(", ", missing), null);
        }
        return NetOptions.tls(new TlsFiles(
                Path.of(config.text(Setting.TLS_KEY)),
                Path.of(config.text(Setting.TLS_CERTIFICATE)),
                Path.of(config.text(Setting.TLS_AUTHORITIES))));
    }

    static List<Address> addresses(DtxConfig config) {
        List<String> texts = Arrays.stream(config.text(Setting.MEMBERS).split(","))
                .map(String::trim)
                .filter(each -> !each.isEmpty())
                .toList();
        if (texts.isEmpty()) {
            throw new DtxException(
                    null,
                    "DTX-1021 no member of the cluster is named: set dtx.members to where they listen, host:port,host:port,…",
                    null);
        }
        return texts.stream().map(Members::address).toList();
    }

    static Address address(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new DtxException(null, String.valueOf(e.getMessage()), e);
        }
    }
}
