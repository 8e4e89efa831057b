package io.dtx.runtime.log.file;

import io.dtx.runtime.log.LogDamagedException;
import java.nio.file.Path;

/** How damage is reported: file, offset, what is wrong, what to do. */
final class Damage {

    /** What to do about it. */
    static final String REMEDY = " The log is not opened, and nothing was changed. Keep a copy of the directory; then"
            + " restore all of it from a backup, or repair the disk and put the file back. With an empty directory a new"
            + " cluster begins, which knows nothing of the transactions that were open: see docs/guarantees.md.";

    /** The same of a directory of a member. */
    static final String REMEDY_OF_MEMBER =
            " The member neither votes nor serves, and nothing was changed. What the cluster has committed is on the"
                    + " others: remove this member, empty its directory, and add it under a new id.";

    private Damage() {}

    /** The same in a directory of a member, which is replaced. */
    static LogDamagedException ofMember(LogDamagedException found) {
        String message = String.valueOf(found.getMessage());
        return new LogDamagedException(
                message.contains(REMEDY) ? message.replace(REMEDY, REMEDY_OF_MEMBER) : message + REMEDY_OF_MEMBER,
                found);
    }

    /** Something is wrong at a place in a file. */
    static LogDamagedException at(Path file, long offset, String what) {
        return new FileDamagedException(
                file,
                offset,
                what,
                "DTX-5101 " + file.toAbsolutePath() + " is damaged at byte " + offset + ": " + what + "." + REMEDY,
                null);
    }

    /** A file is not there. */
    static LogDamagedException missing(Path file, String what) {
        return new FileDamagedException(
                file,
                FileDamagedException.NOWHERE,
                "it is missing: " + what,
                "DTX-5102 " + file.toAbsolutePath() + " is missing: " + what + "." + REMEDY,
                null);
    }

    /** A record is as it was written, but this version of dtx does not understand it. */
    static LogDamagedException undecodable(Path file, Mark mark, LogDamagedException cause) {
        String what = "record " + mark.index() + " is intact, but not understood: " + cause.getMessage();
        return new FileDamagedException(
                file,
                mark.end(),
                what,
                "DTX-5111 record " + mark.index() + " in " + file.toAbsolutePath() + ", which ends at byte "
                        + mark.end() + ", is intact, but not understood: " + cause.getMessage(),
                cause);
    }
}
