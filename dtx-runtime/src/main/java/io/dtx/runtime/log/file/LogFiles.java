package io.dtx.runtime.log.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a log's directory: every file is made, renamed and deleted here, readable by its owner only, and every change
 * of names is made durable by a sync of the directory. Thread-safe.
 */
class LogFiles {

    private static final int ZEROS = 256 << 10;
    private static final FileAttribute<?>[] OWNER_ONLY = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private final Path directory;

    LogFiles(Path directory) {
        this.directory = directory;
    }

    final Path directory() {
        return directory;
    }

    final Path path(String name) {
        return directory.resolve(name);
    }

    final List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    final boolean exists(String name) {
        return Files.exists(path(name));
    }

    LogFile open(String name) throws IOException {
        return new LogFile(path(name), Set.of(READ, WRITE));
    }

    /** Makes a new, empty file, in the place of a left-over one. */
    LogFile create(String name) throws IOException {
        Files.deleteIfExists(path(name));
        return new LogFile(path(name), Set.of(READ, WRITE, CREATE_NEW), ownerOnly());
    }

    /** Makes a new file full of zeros, durable: later writes change no metadata, which would cost them a second write. */
    final LogFile createZeroed(String name, long bytes) throws IOException {
        LogFile file = create(name);
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(bytes, ZEROS));
            for (long at = 0; at < bytes; at += zeros.limit()) {
                file.write(zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at)), at);
            }
            file.force();
            return file;
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    void rename(String from, String to) throws IOException {
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
        syncDirectory();
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(path(name));
    }

    void syncDirectory() throws IOException {
        sync(directory);
    }

    static void sync(Path directory) throws IOException {
        if (isPosix(directory)) { // elsewhere directories cannot be opened, and need not be
            try (LogFile opened = new LogFile(directory, Set.of(READ))) {
                opened.force();
            }
        }
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private FileAttribute<?>[] ownerOnly() {
        return isPosix(directory) ? OWNER_ONLY : new FileAttribute<?>[0];
    }
}
