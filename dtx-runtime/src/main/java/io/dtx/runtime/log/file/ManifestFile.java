package io.dtx.runtime.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The manifest and the file it is in; each change replaces the file as a whole. Thread-safe. */
final class ManifestFile {

    static final String NAME = "manifest";

    private static final String NEXT = "manifest.tmp";

    private final LogFiles files;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Manifest manifest;

    private ManifestFile(LogFiles files, Manifest manifest) {
        this.files = files;
        this.manifest = manifest;
    }

    /** Reads the manifest, or makes the one of a new cluster in a directory without a log. */
    static ManifestFile open(LogFiles files) throws IOException {
        Manifest found = find(files);
        if (found != null) {
            return new ManifestFile(files, found);
        }
        ManifestFile made = new ManifestFile(files, Manifest.first(new SecureRandom().nextLong()));
        made.update(manifest -> manifest);
        return made;
    }

    /** Reads the manifest, and changes nothing; null in a directory without a log. */
    static @Nullable Manifest find(LogFiles files) throws IOException {
        if (files.exists(NAME)) {
            return read(files);
        }
        for (String name : files.names()) {
            if (Segment.isName(name) || name.startsWith("snapshot-")) {
                throw Damage.missing(files.path(NAME), "it names the cluster, but " + name + " is there");
            }
        }
        return null;
    }

    /** Makes the manifest of a cluster that has its name from elsewhere. */
    static void create(LogFiles files, long cluster, long term) throws IOException {
        ManifestFile made = new ManifestFile(files, Manifest.first(cluster).withTerm(term));
        made.update(manifest -> manifest);
    }

    /** Makes the manifest of a log that begins with a snapshot. */
    static void restored(LogFiles files, long cluster, Mark snapshot) throws IOException {
        ManifestFile made = new ManifestFile(
                files,
                Manifest.first(cluster)
                        .withTerm(snapshot.term())
                        .withLast(snapshot)
                        .withSnapshot(snapshot));
        made.update(manifest -> manifest);
    }

    Manifest get() {
        return manifest;
    }

    void update(UnaryOperator<Manifest> change) throws IOException {
        lock.lock();
        try {
            Manifest next = change.apply(manifest);
            try (LogFile file = files.create(NEXT)) {
                file.write(next.encode(), 0);
                file.force();
            }
            files.rename(NEXT, NAME);
            manifest = next;
        } finally {
            lock.unlock();
        }
    }

    private static Manifest read(LogFiles files) throws IOException {
        try (LogFile file = files.open(NAME)) {
            ByteBuffer bytes = ByteBuffer.allocate(Manifest.BYTES + 1);
            file.read(bytes, 0);
            return Manifest.decode(file.path(), bytes.flip());
        }
    }
}
