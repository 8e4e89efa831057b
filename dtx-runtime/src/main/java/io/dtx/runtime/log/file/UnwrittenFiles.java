package io.dtx.runtime.log.file;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The files of a log that is looked at: what recovery would write to them is noted, and not written. Used by one thread. */
final class UnwrittenFiles extends LogFiles {

    private final Set<Path> wouldBeWritten = new HashSet<>();

    UnwrittenFiles(Path directory) {
        super(directory);
    }

    /** Returns whether the next start would write to a file. */
    boolean wouldBeWritten(String name) {
        return wouldBeWritten.contains(path(name));
    }

    @Override
    LogFile open(String name) throws IOException {
        return new LogFile(path(name), Set.of(READ)) {
            @Override
            int writeSome(ByteBuffer bytes, long position) {
                wouldBeWritten.add(path());
                int count = bytes.remaining();
                bytes.position(bytes.limit());
                return count;
            }

            @Override
            void force() {}
        };
    }

    @Override
    LogFile create(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    void rename(String from, String to) {
        throw new UnsupportedOperationException(from);
    }

    @Override
    void delete(String name) {
        throw new UnsupportedOperationException(name);
    }
}
