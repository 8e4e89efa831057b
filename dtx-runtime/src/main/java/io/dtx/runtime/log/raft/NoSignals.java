package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.util.JRaftSignalHandler;
import com.alipay.sofa.jraft.util.SPI;

/**
 * Keeps the library from listening to SIGUSR2, with which it would write what it knows to files of the working directory. The JDK
 * stops threads with that signal when its flight recorder takes samples, fifty times a second: a member that was looked at would
 * write files all the time, and no sample would be taken. Once it listens there is no way back, so that this fails when the
 * library makes it, before; the library logs that as an error, and goes on. Found by the library as a service.
 */
@SPI(name = "dtx", priority = 100)
public final class NoSignals implements JRaftSignalHandler {

    /** Is made by the library, which catches what this throws. */
    public NoSignals() {
        throw new Wanted();
    }

    @Override
    public void handle(String signal) {
        throw new UnsupportedOperationException(signal);
    }

    /** Says to who reads the library's log that nothing is wrong. */
    private static final class Wanted extends RuntimeException {

        private static final long serialVersionUID = 1;

        Wanted() {
            super(
                    "DTX-5225 nothing is wrong: dtx keeps SOFAJRaft from listening to SIGUSR2, which the JDK's flight"
                            + " recorder needs.",
                    null,
                    false,
                    false);
        }
    }
}
