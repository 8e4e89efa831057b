package io.dtx.runtime.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The credentials in use, and their renewal: when the files change, new connections take the new ones; files that cannot be
 * used leave the old ones in place and are complained about once.
 */
final class Tls {

    private static final System.Logger LOG = System.getLogger(Tls.class.getName());
    private static final Duration WARN_BEFORE_EXPIRY = Duration.ofDays(7);
    private static final Duration WARN_AGAIN = Duration.ofDays(1);

    private final TlsFiles files;
    private final boolean checkHostNames;
    private volatile Credentials current;
    private List<String> seen;
    private Instant warned = Instant.MIN;

    private Tls(TlsFiles files, boolean checkHostNames, List<String> seen, Credentials current) {
        this.files = files;
        this.checkHostNames = checkHostNames;
        this.seen = seen;
        this.current = current;
    }

    static Tls load(TlsFiles files, boolean checkHostNames) {
        List<String> stamps = stamps(files);
        try {
            return new Tls(files, checkHostNames, stamps, Credentials.load(files, checkHostNames));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("DTX-5303 the TLS files cannot be used: " + reason(e), e);
        }
    }

    Credentials credentials() {
        return current;
    }

    /** Looks at the files. Called by one thread at a time. */
    void reloadIfChanged() {
        List<String> stamps = stamps(files);
        if (!stamps.equals(seen)) {
            seen = stamps;
            reload();
        }
        Instant now = Instant.now();
        if (now.isAfter(current.expires().minus(WARN_BEFORE_EXPIRY)) && now.isAfter(warned.plus(WARN_AGAIN))) {
            warned = now;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-5308 the certificate in " + files.chain() + " ends at " + current.expires()
                            + "; put a new one into its place, it is taken up without a restart");
        }
    }

    private void reload() {
        try {
            Credentials next = Credentials.load(files, checkHostNames);
            if (next.identity().role() != current.identity().role()) {
                throw new GeneralSecurityException(files.chain() + " has role "
                        + next.identity().role().word() + ", and this process runs as "
                        + current.identity().role().word());
            }
            current = next;
            warned = Instant.MIN;
            LOG.log(
                    System.Logger.Level.INFO,
                    "DTX-5305 took up the certificate of \"" + next.identity().name() + "\" in " + files.chain()
                            + ", which ends at " + next.expires());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-5304 the TLS files have changed and cannot be used: " + reason(e)
                            + "; going on with the ones before, which end at " + current.expires());
        }
    }

    private static List<String> stamps(TlsFiles files) {
        List<String> stamps = new ArrayList<>();
        for (Path each : List.of(files.key(), files.chain(), files.authorities())) {
            stamps.add(stamp(each));
        }
        return stamps;
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.lastModifiedTime().toString() + " " + now.size() + " " + now.fileKey();
        } catch (IOException e) {
            return "missing";
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException ? e.getClass().getSimpleName() + ": " + Text.of(e) : Text.of(e);
    }
}
