package io.dtx.runtime.log.file;

import java.nio.file.Path;
import java.util.List;

/**
 * What a check of a log found.
 *
 * @param directory where the log is
 * @param cluster the log's name; 0 if the file that says it is damaged
 * @param last the index of the log's last entry; 0 if it is not known, or there is none
 * @param isMembers whether it is that of a member of a cluster, which others can replace
 * @param files all that is in the directory, or should be
 */
public record LogReport(Path directory, long cluster, long last, boolean isMembers, List<CheckedFile> files) {

    /** Takes a copy of the list. */
    public LogReport {
        files = List.copyOf(files);
    }

    /** Returns whether the next start would take the log, with all that was ever acknowledged. */
    public boolean isSound() {
        return files.stream()
                .noneMatch(each -> each.verdict() == CheckedFile.Verdict.DAMAGED
                        || each.verdict() == CheckedFile.Verdict.UNCHECKED);
    }

    /** Returns what to do about damage. */
    public String remedy() {
        return (isMembers ? Damage.REMEDY_OF_MEMBER : Damage.REMEDY).trim();
    }
}
