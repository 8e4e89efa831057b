package io.dtx.runtime.log.file;

import io.dtx.runtime.protocol.Payload;
import java.io.IOException;

/** Where the payloads of a new snapshot come from; asked in the order of the log. */
interface PayloadSource {

    /**
     * Returns what a payload carries.
     *
     * @throws IllegalArgumentException if it is not there
     */
    byte[] read(Payload payload) throws IOException;
}
