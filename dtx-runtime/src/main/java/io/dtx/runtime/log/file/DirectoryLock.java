package io.dtx.runtime.log.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.dtx.runtime.log.LogUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One process, and in it one log, per directory. The file lock keeps other processes out; it says nothing inside a process, and
 * is lost as soon as anybody there closes the file: a system property, which all class loaders share, stands in front of it.
 */
final class DirectoryLock implements Closeable {

    static final String NAME = "lock";

    private static final String PROPERTY = "io.dtx.runtime.log.file.open:";

    private final String property;
    private @Nullable AsynchronousFileChannel channel;

    private DirectoryLock(String property) {
        this.property = property;
    }

    /** Makes the directory where it is missing, and takes it. */
    static DirectoryLock take(Path directory) throws IOException {
        prepare(directory);
        DirectoryLock lock = new DirectoryLock(PROPERTY + directory.toRealPath());
        if (System.getProperties().putIfAbsent(lock.property, "true") != null) {
            throw taken(directory, "in this process, perhaps by another application of it");
        }
        try {
            lock.channel = AsynchronousFileChannel.open(
                    directory.resolve(NAME), Set.of(CREATE, WRITE), CallingThread.INSTANCE);
            if (lock.channel.tryLock() == null) {
                throw taken(directory, "by another process");
            }
            restrict(directory.resolve(NAME), "rw-------");
            return lock;
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** Keeps those away who would write, while a log that nobody has open is read; makes and changes nothing. */
    static DirectoryLock takeToRead(Path directory) throws IOException {
        DirectoryLock lock = new DirectoryLock(PROPERTY + directory.toRealPath());
        if (System.getProperties().putIfAbsent(lock.property, "true") != null) {
            throw inUse(directory, "this process");
        }
        try {
            if (Files.exists(directory.resolve(NAME))) { // else nobody has ever opened it: it is a copy
                lock.channel =
                        AsynchronousFileChannel.open(directory.resolve(NAME), Set.of(READ), CallingThread.INSTANCE);
                if (lock.channel.tryLock(0, Long.MAX_VALUE, true) == null) {
                    throw inUse(directory, "another process");
                }
            }
            return lock;
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            System.getProperties().remove(property);
        }
    }

    private static void prepare(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        if (!Files.exists(absolute)) {
            Path existing = absolute.getParent();
            while (existing != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            Files.createDirectories(absolute);
            for (Path made = absolute.getParent(); made != null; made = made.getParent()) {
                LogFiles.sync(made);
                if (made.equals(existing)) {
                    break;
                }
            }
        } else if (!Files.exists(absolute.resolve(ManifestFile.NAME))) {
            requireEmpty(absolute);
        }
        restrict(absolute, "rwx------");
    }

    /** Nobody's other files come under our permissions, or between ours. */
    private static void requireEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals(NAME) && !name.endsWith(".tmp") && !name.equals("lost+found"))
                    .filter(name -> !name.equals(BallotFile.NAME)) // of a member whose making was interrupted
                    .filter(name -> !Segment.isName(name) && !name.startsWith("snapshot-"))
                    .findAny()
                    .ifPresent(name -> {
                        throw new LogUnavailableException(
                                "DTX-5104 " + directory + " holds no log, but " + name
                                        + ": set dtx.log.dir to a directory for the log alone",
                                null);
                    });
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (LogFiles.isPosix(path)
                && !PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS))
                        .equals(permissions)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    private static LogUnavailableException inUse(Path directory, String who) {
        return new LogUnavailableException(
                "DTX-5118 the log in " + directory.toAbsolutePath() + " is in use by " + who
                        + ", and changes while it is read: end that process first",
                null);
    }

    private static LogUnavailableException taken(Path directory, String how) {
        return new LogUnavailableException(
                "DTX-5103 the log in " + directory.toAbsolutePath() + " is open already, " + how
                        + ": give each process a dtx.log.dir of its own, or end the other one first",
                null);
    }
}
