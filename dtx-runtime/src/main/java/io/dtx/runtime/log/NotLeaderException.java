package io.dtx.runtime.log;

import org.jspecify.annotations.Nullable;

/** This member of a replicated log does not lead: nothing was appended. Another one leads, or will be elected. */
public class NotLeaderException extends LogUnavailableException {

    private static final long serialVersionUID = 1;

    private final @Nullable String leader;

    /**
     * Creates the exception with a message that begins with its code.
     *
     * @param leader the member that leads, as far as this one knows; null if it knows of none
     */
    public NotLeaderException(String message, @Nullable String leader) {
        super(message, null);
        this.leader = leader;
    }

    /** Returns the member that leads, as {@code id@host:port}; null if none is known. */
    public @Nullable String leader() {
        return leader;
    }
}
