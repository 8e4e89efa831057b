package io.dtx.runtime.log.file;

/**
 * What a check found in one file of a log.
 *
 * @param name its name in the directory
 * @param verdict how it is
 * @param records how many records it holds that are as they were written; items in a snapshot
 * @param first the index of the first of them; 0 if it has none
 * @param last the index of the last of them; 0 if it has none
 * @param offset the byte from which it is not what was written; -1 if that is nowhere
 * @param text what there is to say of it; empty for a sound file
 */
public record CheckedFile(String name, Verdict verdict, long records, long first, long last, long offset, String text) {

    /** How a file is. */
    public enum Verdict {
        /** As it was written. */
        SOUND,
        /** Sound, but for an end that a crash tore and nobody was told of: the next start repairs that. */
        TORN_END,
        /** Of no use any more: the next start deletes it. */
        LEFT_OVER,
        /** Not part of the log. */
        FOREIGN,
        /** Not what was once made durable, or not there. */
        DAMAGED,
        /** Not checked, because what says how it must be is damaged. */
        UNCHECKED
    }
}
