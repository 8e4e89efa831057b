package io.dtx.runtime.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A certificate authority in a directory, for development and tests: it has the JDK's {@code keytool} make certificates and
 * writes them as the PEM files that {@link TlsFiles} wants. Whoever can read the directory can be any member: use the
 * authority of your organisation where that matters.
 *
 * <pre>java -cp dtx-runtime.jar io.dtx.runtime.net.DevelopmentCa DIRECTORY [NAME=ROLE[:HOST,HOST…]]…</pre>
 *
 * <p>Behind the role of an application come, instead of hosts, the applications that it may speak for; without them, any.
 */
public final class DevelopmentCa {

    private static final String PASSWORD = "development"; // what protects the file is who may read it
    private static final String AUTHORITY = "ca";
    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "::1");
    private static final int AUTHORITY_DAYS = 3650;
    private static final int DAYS = 365;
    private static final int KEYTOOL_SECONDS = 60;

    private final Path directory;

    private DevelopmentCa(Path directory) {
        this.directory = directory;
    }

    /** Makes the certificates that the arguments name; without names, one of each role for this machine. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        if (arguments.length == 0 || arguments[0].startsWith("-")) {
            System.err.println("usage: DevelopmentCa DIRECTORY [NAME=ROLE[:HOST,HOST...]]...\n"
                    + "roles: member, application (behind it the applications that it may speak for, not hosts), operator;\n"
                    + "without names, one of each for this machine");
            System.exit(2);
        }
        DevelopmentCa authority = in(Path.of(arguments[0]));
        List<String> wanted = arguments.length > 1
                ? List.of(arguments).subList(1, arguments.length)
                : List.of("member=member", "application=application", "operator=operator");
        for (String each : wanted) {
            TlsFiles files = authority.issue(each);
            System.out.println(each + ": key " + files.key() + ", certificate " + files.chain() + ", authority "
                    + files.authorities());
        }
    }

    /** Opens the authority in a directory; makes both where they are missing. */
    public static DevelopmentCa in(Path directory) throws IOException, GeneralSecurityException {
        Files.createDirectories(directory);
        DevelopmentCa authority = new DevelopmentCa(directory);
        if (!Files.exists(authority.keyStore())) {
            authority.generate(AUTHORITY, AUTHORITY_DAYS, "bc:c=ca:true,pathlen:0", "ku:c=keyCertSign,cRLSign");
            write(authority.file("ca.pem"), pem(List.of(authority.open().getCertificate(AUTHORITY))));
        }
        return authority;
    }

    /** Issues a certificate as {@code NAME=ROLE[:HOST,HOST…]} says. */
    private TlsFiles issue(String wanted) throws IOException, GeneralSecurityException {
        String[] parts = wanted.split("[=:]", 3);
        for (Role each : Role.values()) {
            if (parts.length > 1 && parts[1].equals(each.word())) {
                List<String> more = parts.length > 2 ? List.of(parts[2].split(",")) : List.of();
                return each == Role.APPLICATION
                        ? issue(parts[0], more)
                        : issue(parts[0], each, more.isEmpty() ? HERE : more);
            }
        }
        throw new IllegalArgumentException("DTX-5309 \"" + Text.visible(wanted)
                + "\" is not NAME=ROLE or NAME=ROLE:HOST,HOST with role member, application or operator");
    }

    /**
     * Issues a certificate, in the place of an earlier one of that name.
     *
     * @param name the common name, and the name of the files: letters, digits, {@code . _ -}
     * @param hosts names and addresses under which a member is called
     */
    public TlsFiles issue(String name, Role role, List<String> hosts) throws IOException, GeneralSecurityException {
        return issue(name, List.of(role.uri()), hosts, 0, DAYS);
    }

    /**
     * Issues the certificate of an application, as {@link #issue(String, Role, List)}.
     *
     * @param applications those that its holder may speak for; none: any
     */
    public TlsFiles issue(String name, List<String> applications) throws IOException, GeneralSecurityException {
        List<String> uris = new ArrayList<>(List.of(Role.APPLICATION.uri()));
        applications.forEach(each -> uris.add(PeerIdentity.APPLICATION + each));
        return issue(name, uris, HERE, 0, DAYS);
    }

    TlsFiles issue(String name, List<String> uris, List<String> hosts, int startDay, int days)
            throws IOException, GeneralSecurityException {
        if (!name.matches("[A-Za-z0-9._-]{1,60}") || name.equals(AUTHORITY)) {
            throw new IllegalArgumentException("DTX-5309 \"" + Text.visible(name)
                    + "\" is no name for a certificate; take 1 to 60 letters, digits and . _ -, and not " + AUTHORITY);
        }
        List<String> names = new ArrayList<>();
        uris.forEach(each -> names.add("uri:" + each));
        hosts.forEach(each -> names.add((isIp(each) ? "ip:" : "dns:") + each));
        List<String> more = new ArrayList<>(
                List.of("-signer", AUTHORITY, "-startdate", (startDay < 0 ? "" : "+") + startDay + "d"));
        KeyStore before = open();
        if (before.containsAlias(name)) {
            keytool(List.of("-delete", "-alias", name));
        }
        List<String> extensions = new ArrayList<>(List.of("ku:c=digitalSignature", "eku=serverAuth,clientAuth"));
        if (!names.isEmpty()) {
            extensions.add("san=" + String.join(",", names));
        }
        generate(name, days, more, extensions);
        return export(name);
    }

    private TlsFiles export(String name) throws IOException, GeneralSecurityException {
        KeyStore store = open();
        Key key = store.getKey(name, PASSWORD.toCharArray());
        TlsFiles files = new TlsFiles(file(name + ".key"), file(name + ".pem"), file("ca.pem"));
        write(files.chain(), pem(List.of(store.getCertificate(name))));
        write(files.key(), Pem.encode("PRIVATE KEY", key.getEncoded()));
        return files;
    }

    private static String pem(List<Certificate> certificates) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (Certificate each : certificates) {
            text.append(Pem.encode("CERTIFICATE", each.getEncoded()));
        }
        return text.toString();
    }

    private void generate(String alias, int days, String... extensions) throws IOException {
        generate(alias, days, List.of(), List.of(extensions));
    }

    private void generate(String alias, int days, List<String> more, List<String> extensions) throws IOException {
        String commonName = alias.equals(AUTHORITY) ? "dtx development CA" : alias;
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + commonName));
        arguments.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", Integer.toString(days)));
        arguments.addAll(more);
        for (String each : extensions) {
            arguments.addAll(List.of("-ext", each));
        }
        keytool(arguments);
    }

    private void keytool(List<String> arguments) throws IOException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        Path tool = Path.of(System.getProperty("java.home"), "bin", windows ? "keytool.exe" : "keytool");
        List<String> command = new ArrayList<>(List.of(tool.toString(), "-J-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        command.addAll(List.of("-keystore", keyStore().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Path output = Files.createTempFile("dtx-keytool", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("DTX-5309 keytool has not ended within " + KEYTOOL_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("DTX-5309 keytool failed: "
                        + Files.readString(output).lines().collect(Collectors.joining("; ")));
            }
            restrict(keyStore());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("DTX-5309 interrupted while keytool ran", e);
        } finally {
            Files.delete(output);
        }
    }

    private KeyStore open() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray());
    }

    private Path keyStore() {
        return file("ca.p12");
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    /** Replaces a file at once, so that nobody ever reads half of it. */
    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, "");
        restrict(fresh);
        Files.writeString(fresh, text);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static void restrict(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static boolean isIp(String host) {
        return host.matches("[0-9.]+") || host.contains(":");
    }
}
