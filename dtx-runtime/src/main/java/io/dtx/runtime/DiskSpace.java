package io.dtx.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a log has. */
final class DiskSpace {

    private DiskSpace() {}

    /** Returns the bytes that the disk of a directory can still have; -1 if that cannot be told. */
    static long freeBytes(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }
}
