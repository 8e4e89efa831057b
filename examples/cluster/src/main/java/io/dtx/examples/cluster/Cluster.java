package io.dtx.examples.cluster;

import io.dtx.runtime.DtxMember;
import io.dtx.runtime.DtxOperator;
import io.dtx.runtime.MemberStatus;
import io.dtx.runtime.net.DevelopmentCa;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.net.TlsFiles;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Three members m1 to m3, three applications a1 to a3, their databases and the wires between them: everything is a process of its
 * own, and speaks mutual TLS.
 */
final class Cluster implements AutoCloseable {
    static final List<String> MEMBERS = List.of("m1", "m2", "m3");
    static final List<String> APPLICATIONS = List.of("a1", "a2", "a3");
    private static final String COMMANDS = "io.dtx.cli.Main"; // of dtx-cli
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    final Path directory;
    final Databases databases;
    final Wires wires = new Wires();
    private final String shop;
    private final double rate;
    private final Map<String, Integer> ports = new TreeMap<>();
    private final Map<String, Child> processes = new ConcurrentHashMap<>();
    private final Map<String, Integer> starts = new ConcurrentHashMap<>();
    private final Map<Role, TlsFiles> certificates = new LinkedHashMap<>();

    /**
     * Makes all of it, and starts nothing but the databases.
     *
     * @param shop the applications' main class
     * @param rate orders per second of each application
     */
    Cluster(Path directory, String shop, double rate) throws IOException, SQLException, GeneralSecurityException {
        this.directory = directory;
        this.shop = shop;
        this.rate = rate;
        Files.createDirectories(journals());
        Files.createDirectories(directory.resolve("logs"));
        makeCertificates(DevelopmentCa.in(directory.resolve("certificates")));
        makeMembers();
        layWires();
        databases = Databases.start(directory.resolve("postgres"));
    }

    private void makeCertificates(DevelopmentCa authority) throws IOException, GeneralSecurityException {
        List<String> names =
                Stream.concat(Stream.of("127.0.0.1"), MEMBERS.stream()).toList();
        certificates.put(Role.MEMBER, authority.issue("member", Role.MEMBER, names));
        certificates.put(Role.APPLICATION, authority.issue("application", Role.APPLICATION, List.of()));
        certificates.put(Role.OPERATOR, authority.issue("operator", Role.OPERATOR, List.of()));
    }

    private void makeMembers() throws IOException {
        for (String each : MEMBERS) {
            ports.put(each, freePort());
        }
        List<String> members = MEMBERS.stream().map(this::idAndAddress).toList();
        long cluster = new SecureRandom().nextLong() | 1; // not 0
        for (String each : MEMBERS) {
            DtxMember.create(directory.resolve(each), cluster, idAndAddress(each), members);
        }
    }

    /** Returns a port that is free now, and that the system gives to no connection until the member binds it, or binds it again. */
    private int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
            try (ServerSocket free = new ServerSocket(port)) {
                if (!ports.containsValue(free.getLocalPort())) {
                    return port;
                }
            } catch (BindException e) {
                continue; // somebody has it
            }
        }
    }

    private String idAndAddress(String member) {
        return member.substring(1) + "@" + member + ":" + ports.get(member);
    }

    private void layWires() throws IOException {
        for (String from :
                Stream.of(MEMBERS, APPLICATIONS).flatMap(List::stream).toList()) {
            List<String> hosts = new ArrayList<>(List.of("127.0.0.1 localhost"));
            for (String to : MEMBERS) {
                hosts.add(
                        from.equals(to)
                                ? "127.0.0.1 " + to
                                : wires.lay(from, to, Objects.requireNonNull(ports.get(to))));
            }
            Files.write(hosts(from), hosts);
        }
    }

    /** Starts a process that is not running. */
    void start(String name) throws IOException {
        starts.merge(name, 1, Integer::sum);
        processes.put(name, MEMBERS.contains(name) ? member(name) : application(name));
    }

    private Child member(String name) throws IOException {
        List<String> arguments = List.of(
                "coordinator",
                "--replicated",
                "--dir",
                directory.resolve(name).toString(),
                "--listen",
                "127.0.0.1:" + ports.get(name));
        Map<String, String> settings = tls(Role.MEMBER);
        settings.put("dtx.retention", "1d"); // so that each answer can be looked for in each log
        settings.put("dtx.retained.bytes.max", Long.toString(1L << 30));
        return java(name, settings, COMMANDS, arguments);
    }

    private Child application(String name) throws IOException {
        int number = Integer.parseInt(name.substring(1));
        Map<String, String> settings = tls(Role.APPLICATION);
        settings.put("shop.server", databases.url());
        settings.put("dtx.log", "raft");
        settings.put(
                "dtx.members",
                MEMBERS.stream().map(each -> each + ":" + ports.get(each)).collect(Collectors.joining(",")));
        settings.put("dtx.application", "shop");
        settings.put("dtx.node", name);
        int start = starts.getOrDefault(name, 1);
        return java(
                name,
                settings,
                shop,
                List.of(
                        journals().resolve(name + "-" + start).toString(),
                        Long.toString(Orders.before(number, start)),
                        Double.toString(rate)));
    }

    private Child java(String name, Map<String, String> settings, String main, List<String> arguments)
            throws IOException {
        List<String> options = new ArrayList<>();
        if (Files.exists(hosts(name))) {
            options.add("-Djdk.net.hosts.file=" + hosts(name));
        }
        settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
        return Child.java(name, directory.resolve("logs").resolve(name), options, main, arguments);
    }

    private Map<String, String> tls(Role role) {
        TlsFiles files = Objects.requireNonNull(certificates.get(role));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("dtx.tls.key", files.key().toString());
        settings.put("dtx.tls.certificate", files.chain().toString());
        settings.put("dtx.tls.authorities", files.authorities().toString());
        return settings;
    }

    Child process(String name) {
        return Objects.requireNonNull(processes.get(name));
    }

    Path journals() {
        return directory.resolve("journals");
    }

    private Path hosts(String name) {
        return directory.resolve("hosts-" + name);
    }

    /** Returns an operator's way to some of the members, past the wires. */
    DtxOperator operator(List<String> members) {
        Map<String, String> settings = tls(Role.OPERATOR);
        settings.put(
                "dtx.members",
                members.stream().map(each -> "127.0.0.1:" + ports.get(each)).collect(Collectors.joining(",")));
        return DtxOperator.connect(settings, PATIENCE);
    }

    /** Returns the member that an answer is of. */
    String memberAt(MemberStatus status) {
        return MEMBERS.stream()
                .filter(each -> status.address().endsWith(":" + ports.get(each)))
                .findFirst()
                .orElseThrow();
    }

    /** Starts a check of a member's log, which no process has open. */
    Child checkLog(String member) throws IOException {
        return java(
                "check-" + member,
                Map.of(),
                COMMANDS,
                List.of("log", "check", directory.resolve(member).toString()));
    }

    /** Kills whatever is still running. */
    void killProcesses() {
        processes.values().forEach(Child::kill);
    }

    @Override
    public void close() throws IOException {
        killProcesses();
        wires.close();
        databases.close();
    }
}
