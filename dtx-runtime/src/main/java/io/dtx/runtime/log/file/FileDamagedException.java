package io.dtx.runtime.log.file;

import io.dtx.runtime.log.LogDamagedException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One file of a log is damaged or missing; beside the message, its parts for those who list several. */
final class FileDamagedException extends LogDamagedException {

    /** The offset of a file that is not there. */
    static final long NOWHERE = -1;

    private static final long serialVersionUID = 1;

    private final transient Path file;
    private final long offset;
    private final String what;

    FileDamagedException(Path file, long offset, String what, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.file = file;
        this.offset = offset;
        this.what = what;
    }

    /** Returns which file. */
    Path file() {
        return file;
    }

    /** Returns the byte at which it is not what was written; {@link #NOWHERE} if it is missing. */
    long offset() {
        return offset;
    }

    /** Returns what is wrong there. */
    String what() {
        return what;
    }
}
