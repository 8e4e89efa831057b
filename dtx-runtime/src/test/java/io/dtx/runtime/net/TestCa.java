package io.dtx.runtime.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Certificates for the tests of one JVM: each is made when it is first asked for. */
final class TestCa {

    static final List<String> HERE = List.of("localhost", "127.0.0.1");

    private static final Path DIRECTORY = directory();
    private static final Map<String, TlsFiles> ISSUED = new ConcurrentHashMap<>();

    private TestCa() {}

    static TlsFiles of(Role role) {
        return issued("ours", role.word(), List.of(role.uri()), HERE, 0);
    }

    static TlsFiles ofAnotherAuthority(Role role) {
        return issued("others", role.word(), List.of(role.uri()), HERE, 0);
    }

    static TlsFiles expired(Role role) {
        return issued("ours", "expired-" + role.word(), List.of(role.uri()), HERE, -3);
    }

    static TlsFiles notYetValid(Role role) {
        return issued("ours", "early-" + role.word(), List.of(role.uri()), HERE, 2);
    }

    static TlsFiles withNames(String name, List<String> uris, List<String> hosts) {
        return issued("ours", name, uris, hosts, 0);
    }

    private static TlsFiles issued(String authority, String name, List<String> uris, List<String> hosts, int startDay) {
        return ISSUED.computeIfAbsent(authority + "/" + name, key -> {
            Path files = DIRECTORY.resolve(authority);
            TlsFiles known =
                    new TlsFiles(files.resolve(name + ".key"), files.resolve(name + ".pem"), files.resolve("ca.pem"));
            try {
                return Files.exists(known.key())
                        ? known
                        : DevelopmentCa.in(files).issue(name, uris, hosts, startDay, startDay == 0 ? 365 : 1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** One for the virtual machine, also where this class is loaded several times. */
    private static Path directory() {
        String known = System.getProperty("test.dtx.ca");
        if (known != null) {
            return Path.of(known);
        }
        try {
            Path directory = Files.createTempDirectory("dtx-test-ca");
            System.setProperty("test.dtx.ca", directory.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(each -> each.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
