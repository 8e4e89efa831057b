package io.dtx.spi;

import org.jspecify.annotations.Nullable;

/**
 * Records values of one type, and reads them back, perhaps years later and in another process. Stateless and thread-safe.
 *
 * <p>The format belongs to the codec: it must read everything that it, or an earlier version of it, ever wrote.
 *
 * @param <T> the type of the values
 */
public interface ArgumentCodec<T extends @Nullable Object> {

    /** Writes a value. */
    void write(ArgumentWriter out, T value);

    /**
     * Reads a value that {@link #write} wrote.
     *
     * @throws MalformedRecordException if it is none
     */
    T read(ArgumentReader in);
}
