package io.dtx.runtime.testdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the test server keeps its data: in memory where there is enough of it. The tests kill processes, not the machine, so
 * nothing that was acknowledged is lost, and a force costs nothing. A directory is named after its process: those of dead ones,
 * which could not tidy up, are deleted by the next.
 */
public final class DataDirectory {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "dtx-postgres-";
    private static final long ENOUGH_BYTES = 4L << 30;

    private DataDirectory() {}

    public static Path create() throws IOException {
        if (!Files.isWritable(MEMORY) || Files.getFileStore(MEMORY).getUsableSpace() < ENOUGH_BYTES) {
            return Files.createTempDirectory(PREFIX);
        }
        deleteThoseOfDeadProcesses();
        return Files.createTempDirectory(MEMORY, ownPrefix());
    }

    private static void deleteThoseOfDeadProcesses() throws IOException {
        try (Stream<Path> files = Files.list(MEMORY)) {
            for (Path directory : files.filter(DataDirectory::isLeftOver).toList()) {
                takeAndDelete(directory);
            }
        }
    }

    /** Takes it by its name first, since other processes may be at it too. */
    private static void takeAndDelete(Path directory) throws IOException {
        Path taken = MEMORY.resolve(ownPrefix() + "taken-" + directory.getFileName());
        try {
            Files.move(directory, taken);
        } catch (NoSuchFileException e) {
            return; // another process was faster
        }
        delete(taken);
    }

    private static String ownPrefix() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    private static boolean isLeftOver(Path directory) {
        String[] name = directory.getFileName().toString().split("-");
        return directory.getFileName().toString().startsWith(PREFIX)
                && ProcessHandle.of(Long.parseLong(name[2])).isEmpty();
    }

    static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
